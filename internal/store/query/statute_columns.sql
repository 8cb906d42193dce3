select t.id, t.statute, t.day, t.effective, t.adopted, t.title, t.numbering, t.head, t.annex, t.place_in_list, t.hash, t.source
