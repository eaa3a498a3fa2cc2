{{- define "gcpo-advantage.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* 54 characters at most: the headless service adds 9. */}}
{{- define "gcpo-advantage.fullname" -}}
{{- $name := include "gcpo-advantage.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 54 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 54 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 54 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "gcpo-advantage.selectorLabels" -}}
app.kubernetes.io/name: {{ include "gcpo-advantage.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "gcpo-advantage.labels" -}}
{{ include "gcpo-advantage.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end -}}

{{- define "gcpo-advantage.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "gcpo-advantage.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* The environment variables of .Values.config. A whole number comes as a float and would be
     written with an exponent. */}}
{{- define "gcpo-advantage.configEnv" -}}
{{- range $key, $value := .Values.config }}
- name: GCPO_CONFIG_{{ $key | upper | replace "." "_" | replace "-" "_" }}
  {{- if and (kindIs "float64" $value) (eq (floor $value) $value) }}
  value: {{ int64 $value | quote }}
  {{- else }}
  value: {{ $value | quote }}
  {{- end }}
{{- end }}
{{- end -}}
