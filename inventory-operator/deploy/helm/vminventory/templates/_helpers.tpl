{{- define "vminventory.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "vminventory.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "vminventory.labels" -}}
{{ include "vminventory.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "vminventory.serviceAccount" -}}
{{- if .Values.serviceAccount.name -}}
{{- .Values.serviceAccount.name -}}
{{- else if .Values.serviceAccount.create -}}
{{- include "vminventory.fullname" . -}}
{{- else -}}
default
{{- end -}}
{{- end -}}

{{- define "vminventory.subjects" -}}
- kind: ServiceAccount
  name: {{ include "vminventory.serviceAccount" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{- define "vminventory.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{- printf "%s@%s" .repository .digest -}}
{{- else -}}
{{- printf "%s:%s" .repository (default $.Chart.AppVersion .tag) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* What a schema cannot say in words that help. */ -}}
{{- define "vminventory.check" -}}
{{- if not .Values.servers -}}
{{- fail "servers: name at least one vCenter, such as --set servers.default.host=vcenter.example.com" -}}
{{- end -}}
{{- range $name, $server := .Values.servers -}}
{{- $trust := list -}}
{{- range $key := list "ca" "ca-config-map" "thumbprint" "insecure" -}}
{{- if index $server $key -}}
{{- $trust = append $trust $key -}}
{{- end -}}
{{- end -}}
{{- if gt (len $trust) 1 -}}
{{- fail (printf "servers.%s: %s exclude each other" $name (join " and " $trust)) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.tenantSelector (eq (include "vminventory.fullname" .) "vminventory") -}}
{{- fail "tenantSelector: give each shard a release of its own name, such as vminventory-a; they would share a Lease" -}}
{{- end -}}
{{- if and .Values.targetNamespaces (not .Values.watchNamespaces) -}}
{{- fail "targetNamespaces: set watchNamespaces too; without it, records may be written to all namespaces" -}}
{{- end -}}
{{- end -}}

{{- /* The file of --config. */ -}}
{{- define "vminventory.servers" -}}
{{- $servers := dict -}}
{{- range $name, $given := .Values.servers -}}
{{- $server := omit $given "ca" "ca-config-map" -}}
{{- if or (index $given "ca") (index $given "ca-config-map") -}}
{{- $_ := set $server "ca-file" (printf "/etc/vminventory/%s.ca.pem" $name) -}}
{{- end -}}
{{- $_ := set $servers $name $server -}}
{{- end -}}
{{- toYaml (dict "servers" $servers) -}}
{{- end -}}

{{- /* The ports of the API server and of the vCenters, with commas between. */ -}}
{{- define "vminventory.ports" -}}
{{- $ports := list -}}
{{- range .Values.networkPolicy.apiServerPorts -}}
{{- $ports = append $ports (int .) -}}
{{- end -}}
{{- range .Values.servers -}}
{{- with index . "host" -}}
{{- $host := toString . -}}
{{- $port := regexReplaceAll "^[a-z]+://" $host "" | regexFind "^[^/]*" | regexFind ":[0-9]+$" | trimPrefix ":" -}}
{{- $ports = append $ports (int (default (ternary 80 443 (hasPrefix "http://" $host)) $port)) -}}
{{- end -}}
{{- end -}}
{{- $ports | uniq | join "," -}}
{{- end -}}
