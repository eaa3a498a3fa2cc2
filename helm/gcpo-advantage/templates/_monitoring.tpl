{{/* Labels of what the Prometheus operator picks by its labels: of (list $ .Values.x.labels). */}}
{{- define "gcpo-advantage.operatorLabels" -}}
{{- with index . 1 -}}
{{ toYaml . }}
{{ end -}}
{{ include "gcpo-advantage.labels" (index . 0) }}
{{- end -}}

{{/* How a pod is scraped, whichever kind of monitor says so. */}}
{{- define "gcpo-advantage.scrape" -}}
path: /metrics
interval: {{ .Values.monitor.interval }}
scrapeTimeout: {{ .Values.monitor.scrapeTimeout }}
{{- with .Values.monitor.metricRelabelings }}
metricRelabelings:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
