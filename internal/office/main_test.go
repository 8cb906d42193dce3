package office_test

import (
	"os"
	"testing"

	"yifa/internal/pgtest"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(live(dir))
	}
	if dir := os.Getenv(recountDir); dir != "" {
		os.Exit(countAnew(dir))
	}
	if dir := os.Getenv(rotateDir); dir != "" {
		os.Exit(rotate(dir))
	}
	os.Exit(pgtest.Main(m))
}
