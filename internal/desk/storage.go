package desk

const storagePath = "/desk/storage"

// storage serves GET /desk/storage: whether every file is still what it was. Administrators alone find it.
func (d *Desk) storage(v visit) error {
	s, err := d.Office.Storage(v.Context(), v.reader)
	if err != nil {
		return missing(err)
	}
	return v.show(page{title: v.t("storage.title"), nav: v.URL.Path, content: storagePage(s)})
}
