// Package document typesets official papers: a template of the law and the fields of an entry make a Paper, a Paper
// and fonts make the bytes of a PDF, the same bytes every time. The page follows GB/T 9704 where a first form can.
//
// It knows no database, no clock and no matter, never changes a character and never leaves one out: a paper with a
// character that no font has is refused by *MissingGlyph. It draws no seal and says so on the paper.
package document
