{{- /* The rights by what they are for; rbac.yaml grants them everywhere, rbac-namespaced.yaml where they are needed. */ -}}

{{- define "vminventory.rules.tenants" -}}
# patch: finalizer, execFlag, and the annotation that confirms deletions.
- apiGroups: [vminventory.io]
  resources: [tenants]
  verbs: [get, list, watch, patch]
- apiGroups: [vminventory.io]
  resources: [tenants/status]
  verbs: [patch]
# The password of a Tenant.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get]
{{- end -}}

{{- define "vminventory.rules.allRecords" -}}
# The records are listed once, then watched, so that changes by other clients are noticed at once.
- apiGroups: [vminventory.io]
  resources: [vms]
  verbs: [list, watch]
{{- end -}}

{{- define "vminventory.rules.records" -}}
# Nobody else needs to write records.
- apiGroups: [vminventory.io]
  resources: [vms]
  verbs: [get, create, update, delete]
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- end -}}
