{{- define "gcpo-advantage.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* 52 characters at most: the ConfigMap of the dashboards adds 11. */}}
{{- define "gcpo-advantage.fullname" -}}
{{- $name := include "gcpo-advantage.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
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

{{/* Security of every container: with that of the pods, the restricted pod security standard. */}}
{{- define "gcpo-advantage.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop:
    - ALL
{{- end -}}

{{- define "gcpo-advantage.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
# A volume with gigabytes of weights is not gone through at each start.
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "gcpo-advantage.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* What a stopping pod may need: the preStop hook, both waits of the server, 15 s to end. */}}
{{- define "gcpo-advantage.gracePeriodSeconds" -}}
{{- add .Values.drain.preStopSeconds .Values.drain.delaySeconds .Values.drain.timeoutSeconds 15 -}}
{{- end -}}

{{/* A rollout is given up after ten minutes, or a minute after the startup probe would be. */}}
{{- define "gcpo-advantage.progressDeadlineSeconds" -}}
{{- $startup := .Values.probes.startup -}}
{{- max 600 (add 60 (default 0 $startup.initialDelaySeconds) (mul $startup.periodSeconds $startup.failureThreshold)) -}}
{{- end -}}

{{/* The GPUs that embedding.device names: the container sees its own as cuda:0, cuda:1 and so on. */}}
{{- define "gcpo-advantage.devices" -}}
{{- $devices := list -}}
{{- range $index := until (int .Values.gpu.count) -}}
{{- $devices = append $devices (printf "cuda:%d" $index) -}}
{{- end -}}
{{- join "," $devices -}}
{{- end -}}

{{- define "gcpo-advantage.resources" -}}
{{- $resources := deepCopy .Values.resources -}}
{{- if .Values.gpu.count -}}
{{- $limits := merge (dict .Values.gpu.resourceName .Values.gpu.count) (default dict $resources.limits) -}}
{{- $_ := set $resources "limits" $limits -}}
{{- end -}}
{{- toYaml $resources -}}
{{- end -}}

{{/* Constraints that name no pods mean those of this release. */}}
{{- define "gcpo-advantage.topologySpreadConstraints" -}}
{{- $selector := dict "matchLabels" (include "gcpo-advantage.selectorLabels" . | fromYaml) -}}
{{- $constraints := list -}}
{{- range .Values.topologySpreadConstraints -}}
{{- $constraint := deepCopy . -}}
{{- if not (hasKey $constraint "labelSelector") -}}
{{- $_ := set $constraint "labelSelector" $selector -}}
{{- end -}}
{{- $constraints = append $constraints $constraint -}}
{{- end -}}
{{- toYaml $constraints -}}
{{- end -}}
