package search

import (
	"strings"
	"testing"
)

var account = strings.Repeat("那天上午他们没有出示证件就进了后厨，把桌椅搬上了车；", 12)

func BenchmarkIndex(b *testing.B) {
	for b.Loop() {
		Index(account, plain)
	}
}

func BenchmarkQuery(b *testing.B) {
	for b.Loop() {
		Query("没有出示 证件", plain)
	}
}
