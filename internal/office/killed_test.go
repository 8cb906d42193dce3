package office_test

// childDir names the folder of the city in which this program, started by TestKilled, acts until it
// is killed.
const childDir = "YIFA_OFFICE_CHILD"

func live(string) int { return 0 }
