{{/* What a schema cannot say: values that only make sense, or contradict each other, together. */}}
{{- define "gcpo-advantage.check" -}}
{{- $values := .Values -}}
{{- $model := $values.model -}}
{{- $own := dict "grpc.port" "grpc.port" "grpc.insecure" "grpc.insecure" "grpc.drain-delay" "drain.delaySeconds" "grpc.drain-timeout" "drain.timeoutSeconds" "management.port" "management.port" -}}
{{- range $key, $value := $values.config -}}
{{- if hasKey $own $key -}}
{{- fail (printf "config: %s (expected: the value %s in its place)" $key (get $own $key)) -}}
{{- end -}}
{{- if has $key (list "grpc.host" "management.host") -}}
{{- fail (printf "config: %s (expected: not set, a pod listens on all its addresses)" $key) -}}
{{- end -}}
{{- end -}}
{{- range $key, $value := $values.podLabels -}}
{{- if regexMatch "^(app\\.kubernetes\\.io|helm\\.sh)/" $key -}}
{{- fail (printf "podLabels: %s (expected: not a label of the chart's own)" $key) -}}
{{- end -}}
{{- end -}}
{{- range $values.extraVolumes -}}
{{- if has .name (list "tmp" "models" "tls" "client-ca" "tokens") -}}
{{- fail (printf "extraVolumes: %s (expected: not the name of a volume of the chart's own)" .name) -}}
{{- end -}}
{{- end -}}
{{- if and (eq $model.source "pvc") (not $model.existingClaim) -}}
{{- fail "model.existingClaim: empty (expected: the name of a claim, because model.source is pvc)" -}}
{{- end -}}
{{- if and (eq $model.source "initContainer") (not $model.initContainer.image) -}}
{{- fail "model.initContainer.image: empty (expected: an image, because model.source is initContainer)" -}}
{{- end -}}
{{- if and (ne $model.source "embedded") (hasKey $values.config "embedding.model-directory") -}}
{{- fail "config: embedding.model-directory (expected: model.path, because model.source is not embedded)" -}}
{{- end -}}
{{- if and (eq $model.source "embedded") $model.path -}}
{{- fail (printf "model.path: %s (expected: none, because model.source is embedded)" $model.path) -}}
{{- end -}}
{{- if and $values.drain.preStopSeconds (semverCompare "<1.30.0-0" .Capabilities.KubeVersion.Version) -}}
{{- fail (printf "drain.preStopSeconds: %v (expected: 0 before Kubernetes 1.30)" $values.drain.preStopSeconds) -}}
{{- end -}}
{{- if and (eq (toString $values.rollingUpdate.maxSurge) "0") (eq (toString $values.rollingUpdate.maxUnavailable) "0") -}}
{{- fail "rollingUpdate: maxSurge and maxUnavailable are 0 (expected: one of them > 0)" -}}
{{- end -}}
{{- include "gcpo-advantage.checkSecurity" . -}}
{{- $autoscaling := $values.autoscaling -}}
{{- if $autoscaling.enabled -}}
{{- if gt (int $autoscaling.minReplicas) (int $autoscaling.maxReplicas) -}}
{{- fail (printf "autoscaling.maxReplicas: %v (expected: >= autoscaling.minReplicas, %v)" $autoscaling.maxReplicas $autoscaling.minReplicas) -}}
{{- end -}}
{{- if not (or $autoscaling.cpu.enabled $autoscaling.queueTokens.enabled) -}}
{{- fail "autoscaling: neither cpu nor queueTokens is enabled (expected: one or both)" -}}
{{- end -}}
{{- if and $autoscaling.cpu.enabled (not (dig "requests" "cpu" "" $values.resources)) -}}
{{- fail "resources.requests.cpu: missing (expected: an amount, because autoscaling.cpu.enabled)" -}}
{{- end -}}
{{- end -}}
{{- end -}}
