{{/* The secret with the server's certificate and key. */}}
{{- define "gcpo-advantage.tlsSecret" -}}
{{- if .Values.tls.certManager.enabled -}}
{{ include "gcpo-advantage.fullname" . }}-tls
{{- else -}}
{{ .Values.tls.existingSecret }}
{{- end -}}
{{- end -}}

{{/* Whether the port speaks plain text; settings of the server's own may still say otherwise. Empty: no. */}}
{{- define "gcpo-advantage.plainText" -}}
{{- if and (not .Values.tls.enabled) .Values.grpc.insecure -}}
true
{{- end -}}
{{- end -}}

{{/* What the server is told of certificates and tokens. */}}
{{- define "gcpo-advantage.securityEnv" -}}
{{- if .Values.tls.enabled }}
- name: GCPO_CONFIG_GRPC_TLS_CERTIFICATE_CHAIN
  value: /etc/gcpo-advantage/tls/tls.crt
- name: GCPO_CONFIG_GRPC_TLS_PRIVATE_KEY
  value: /etc/gcpo-advantage/tls/tls.key
{{- with .Values.tls.clientCA }}
{{- if .existingSecret }}
- name: GCPO_CONFIG_GRPC_TLS_CLIENT_CA
  value: /etc/gcpo-advantage/client-ca/{{ .key }}
{{- end }}
{{- end }}
{{- else }}
- name: GCPO_CONFIG_GRPC_INSECURE
  value: {{ .Values.grpc.insecure | quote }}
{{- end }}
{{- if .Values.tokens.existingSecret }}
- name: GCPO_CONFIG_GRPC_AUTH_TOKENS_FILE
  value: /etc/gcpo-advantage/tokens/{{ .Values.tokens.key }}
{{- end }}
{{- end -}}

{{/* Directories, never subPath: what is mounted so is not replaced when the secret is. */}}
{{- define "gcpo-advantage.securityMounts" -}}
{{- if .Values.tls.enabled }}
- name: tls
  mountPath: /etc/gcpo-advantage/tls
  readOnly: true
{{- if .Values.tls.clientCA.existingSecret }}
- name: client-ca
  mountPath: /etc/gcpo-advantage/client-ca
  readOnly: true
{{- end }}
{{- end }}
{{- if .Values.tokens.existingSecret }}
- name: tokens
  mountPath: /etc/gcpo-advantage/tokens
  readOnly: true
{{- end }}
{{- end -}}

{{/* 288 is 0440: for the group of the pod, which is fsGroup. */}}
{{- define "gcpo-advantage.securityVolumes" -}}
{{- if .Values.tls.enabled }}
- name: tls
  secret:
    secretName: {{ include "gcpo-advantage.tlsSecret" . }}
    defaultMode: 288
{{- if .Values.tls.clientCA.existingSecret }}
- name: client-ca
  secret:
    secretName: {{ .Values.tls.clientCA.existingSecret }}
    defaultMode: 288
{{- end }}
{{- end }}
{{- if .Values.tokens.existingSecret }}
- name: tokens
  secret:
    secretName: {{ .Values.tokens.existingSecret }}
    defaultMode: 288
{{- end }}
{{- end -}}

{{/* Values of security that only make sense, or contradict each other, together. */}}
{{- define "gcpo-advantage.checkSecurity" -}}
{{- $tls := .Values.tls -}}
{{- $manager := $tls.certManager -}}
{{- if and $tls.enabled (not $tls.existingSecret) (not $manager.enabled) -}}
{{- fail "tls.existingSecret: empty (expected: the name of a secret, or tls.certManager.enabled, because tls.enabled)" -}}
{{- end -}}
{{- if and $tls.existingSecret $manager.enabled -}}
{{- fail (printf "tls.existingSecret: %s (expected: none, because tls.certManager.enabled)" $tls.existingSecret) -}}
{{- end -}}
{{- if and $manager.enabled (not $manager.issuerRef.name) -}}
{{- fail "tls.certManager.issuerRef.name: empty (expected: the name of an issuer, because tls.certManager.enabled)" -}}
{{- end -}}
{{- if and (not $tls.enabled) (or $tls.existingSecret $manager.enabled $tls.clientCA.existingSecret) -}}
{{- fail "tls.enabled: false (expected: true, because other values of tls are set)" -}}
{{- end -}}
{{- $own := dict -}}
{{- if $tls.enabled -}}
{{- $own = dict "grpc.tls.certificate-chain" "tls.existingSecret" "grpc.tls.private-key" "tls.existingSecret" "grpc.tls.client-ca" "tls.clientCA" -}}
{{- end -}}
{{- if .Values.tokens.existingSecret -}}
{{- $_ := set $own "grpc.auth.tokens-file" "tokens.existingSecret" -}}
{{- if and (include "gcpo-advantage.plainText" .) (not .Values.tokens.allowPlainText) -}}
{{- fail (printf "tokens.existingSecret: %s, in plain text (expected: with tls.enabled, or with tokens.allowPlainText where the network is trusted)" .Values.tokens.existingSecret) -}}
{{- end -}}
{{- end -}}
{{- range $key, $value := .Values.config -}}
{{- if hasKey $own $key -}}
{{- fail (printf "config: %s (expected: the value %s in its place)" $key (get $own $key)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
