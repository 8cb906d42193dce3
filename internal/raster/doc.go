// Package raster shows what stands in a PDF: its pages as pictures, and its text with the places where it stands. The file is
// parsed by PDFium, as WebAssembly, in a child process of our own program that has no environment, a bounded memory and a
// bounded time: whatever a hostile file does there ends with the child. It never keeps anything: what it made is whoever
// asked to forget or to keep.
package raster
