package procedure

import (
	"errors"
	"reflect"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"yifa/internal/calendar"
)

// dayType is the civil day in conditions: it can be compared, and nothing else. There is no adding
// of days there, because a length of time stands in law/terms with its provision.
var dayType = types.NewObjectType("day", traits.ComparerType)

type celDay calendar.Date

var errDay = errors.New("a day is only compared")

func (d celDay) ConvertToNative(reflect.Type) (any, error) { return nil, errDay }
func (d celDay) ConvertToType(ref.Type) ref.Val            { return types.WrapErr(errDay) }
func (d celDay) Type() ref.Type                            { return dayType }
func (d celDay) Value() any                                { return calendar.Date(d) }

func (d celDay) Equal(other ref.Val) ref.Val {
	o, ok := other.(celDay)
	return types.Bool(ok && o == d)
}

func (d celDay) Compare(other ref.Val) ref.Val {
	o, ok := other.(celDay)
	switch {
	case !ok:
		return types.MaybeNoSuchOverloadErr(other)
	case d < o:
		return types.IntNegOne
	case d > o:
		return types.IntOne
	}
	return types.IntZero
}

// dayComparisons lets < <= > >= stand between two days.
func dayComparisons() []cel.EnvOption {
	two := []*cel.Type{dayType, dayType}
	return []cel.EnvOption{
		cel.Function(operators.Less, cel.Overload("less_day", two, cel.BoolType)),
		cel.Function(operators.LessEquals, cel.Overload("less_equals_day", two, cel.BoolType)),
		cel.Function(operators.Greater, cel.Overload("greater_day", two, cel.BoolType)),
		cel.Function(operators.GreaterEquals, cel.Overload("greater_equals_day", two, cel.BoolType)),
	}
}
