"""Formulas of payroll: a closed language of numbers, names and four functions.

A formula is read by Python's own parser, and every part that is not on the list is refused: no
attributes, no calls but min, max, round and lookup, no strings but the arguments of lookup. What
is left becomes plain functions over exact decimals.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from functools import lru_cache
from typing import Any

from dougong import Refused, Text, _

LONGEST = 500
DEEPEST = 30
Values = Mapping[str, Any]
#: ``lookup(table, key)`` of whoever computes.
Lookup = Callable[[str, Any], Decimal]
Evaluate = Callable[[Values, Lookup], Any]

_ARITHMETIC: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARISONS: dict[type[ast.AST], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
FUNCTIONS = ("min", "max", "round", "lookup")


class WrongFormula(Refused):
    """A formula that nobody can compute."""

    @classmethod
    def no_number(cls, text: str) -> WrongFormula:
        """It gives a word."""
        return cls(_("The formula “%(formula)s” gives no number.", formula=text))


@dataclass(frozen=True)
class Formula:
    """What a formula computes, the names it takes and the tables it looks into."""

    text: str
    names: frozenset[str]
    evaluate: Evaluate

    def value(self, values: Values, lookup: Lookup) -> Any:
        """Compute it; raises `WrongFormula` with a sentence where the numbers do not allow it."""
        try:
            return self.evaluate(values, lookup)
        except (DivisionByZero, ZeroDivisionError, InvalidOperation):
            raise WrongFormula(
                _("The formula “%(formula)s” divides by zero.", formula=self.text)
            ) from None
        except KeyError as missing:
            raise WrongFormula(
                _(
                    "The formula “%(formula)s” names %(name)s, which is not known here.",
                    formula=self.text,
                    name=missing.args[0],
                )
            ) from None
        except TypeError:
            raise WrongFormula(
                _("The formula “%(formula)s” counts with a word.", formula=self.text)
            ) from None


@lru_cache(maxsize=2000)
def compile_formula(text: str) -> Formula:
    """Read a formula; raises `WrongFormula` with a sentence that says what does not belong there."""
    if not text.strip():
        raise WrongFormula(_("Enter a formula."))
    if len(text) > LONGEST:
        raise WrongFormula(_("A formula has at most %(most)s signs.", most=LONGEST))
    try:
        tree = ast.parse(" ".join(text.split()), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise WrongFormula(_("“%(formula)s” cannot be read as a formula.", formula=text)) from None
    return Formula(text, _names(tree), _build(tree.body, text, 0))


def _names(tree: ast.AST) -> frozenset[str]:
    """The names a formula takes, functions left out."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return frozenset(
        n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) not in called
    )


def _build(node: ast.expr, text: str, depth: int) -> Evaluate:
    if depth > DEEPEST:
        raise WrongFormula(_("The formula is nested too deep. Split it into two components."))
    build = _BUILDERS.get(type(node))
    if build is None:
        raise _stranger(node)
    return build(node, text, depth + 1)


def _stranger(node: ast.AST) -> WrongFormula:
    try:
        told = ast.unparse(node)
    except (ValueError, RecursionError):
        told = type(node).__name__
    return WrongFormula(_("“%(part)s” is not allowed in a formula.", part=told[:60]))


def _constant(node: Any, text: str, depth: int) -> Evaluate:
    if isinstance(node.value, bool) or not isinstance(node.value, int | float):
        raise _stranger(node)
    # As it is written: 0.1 is a tenth, not the float next to it.
    value = Decimal(ast.get_source_segment(text.strip(), node) or str(node.value))
    return lambda values, lookup: value


def _name(node: Any, text: str, depth: int) -> Evaluate:
    name = node.id
    if name.startswith("ytd_"):
        return lambda values, lookup: values.get(name, 0)
    return lambda values, lookup: values[name]


def _binary(node: Any, text: str, depth: int) -> Evaluate:
    act = _ARITHMETIC.get(type(node.op))
    if act is None:
        raise _stranger(node)
    left, right = _build(node.left, text, depth), _build(node.right, text, depth)
    return lambda values, lookup: act(left(values, lookup), right(values, lookup))


def _unary(node: Any, text: str, depth: int) -> Evaluate:
    inner = _build(node.operand, text, depth)
    if isinstance(node.op, ast.USub):
        return lambda values, lookup: -inner(values, lookup)
    if isinstance(node.op, ast.Not):
        return lambda values, lookup: not inner(values, lookup)
    raise _stranger(node)


def _compare(node: Any, text: str, depth: int) -> Evaluate:
    parts = [_build(part, text, depth) for part in (node.left, *node.comparators)]
    acts = [_COMPARISONS.get(type(op)) for op in node.ops]
    if any(act is None for act in acts):
        raise _stranger(node)

    def evaluate(values: Values, lookup: Lookup) -> bool:
        told = [part(values, lookup) for part in parts]
        return all(act(a, b) for act, a, b in zip(acts, told, told[1:], strict=False) if act)

    return evaluate


def _logic(node: Any, text: str, depth: int) -> Evaluate:
    parts = [_build(part, text, depth) for part in node.values]
    together = all if isinstance(node.op, ast.And) else any
    return lambda values, lookup: together(part(values, lookup) for part in parts)


def _choice(node: Any, text: str, depth: int) -> Evaluate:
    test, yes, no = (_build(part, text, depth) for part in (node.test, node.body, node.orelse))
    return lambda values, lookup: (yes if test(values, lookup) else no)(values, lookup)


def _call(node: Any, text: str, depth: int) -> Evaluate:
    function = node.func.id if isinstance(node.func, ast.Name) else ""
    if function not in FUNCTIONS or node.keywords:
        raise _stranger(node)
    if function == "lookup":
        return _lookup(node, text, depth)
    if not node.args or any(isinstance(arg, ast.Starred) for arg in node.args):
        raise _stranger(node)
    parts = [_build(arg, text, depth) for arg in node.args]
    if function == "round":
        return _round(node, parts)
    act: Callable[..., Any] = min if function == "min" else max
    if len(parts) < 2:
        raise _stranger(node)
    return lambda values, lookup: act([part(values, lookup) for part in parts])


def _round(node: Any, parts: list[Evaluate]) -> Evaluate:
    digits = node.args[1].value if len(node.args) == 2 and _is_digit(node.args[1]) else 0
    if len(node.args) > 2 or (len(node.args) == 2 and not _is_digit(node.args[1])):
        raise _stranger(node)
    unit, inner = Decimal(1).scaleb(-digits), parts[0]
    return lambda values, lookup: Decimal(inner(values, lookup)).quantize(unit, ROUND_HALF_UP)


def _is_digit(node: Any) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int and 0 <= node.value <= 6


def _lookup(node: Any, text: str, depth: int) -> Evaluate:
    if len(node.args) not in (1, 2) or not _is_word(node.args[0]):
        raise WrongFormula(
            _('lookup takes the name of a table in quotes, and what to look for: lookup("tax", x).')
        )
    table = node.args[0].value
    if len(node.args) == 1:
        return lambda values, lookup: lookup(table, None)
    if _is_word(node.args[1]):
        key = node.args[1].value
        return lambda values, lookup: lookup(table, key)
    inner = _build(node.args[1], text, depth)
    return lambda values, lookup: lookup(table, inner(values, lookup))


def _is_word(node: Any) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


_BUILDERS: dict[type[ast.AST], Callable[[Any, str, int], Evaluate]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.BoolOp: _logic,
    ast.IfExp: _choice,
    ast.Call: _call,
}

#: What a person is told the language consists of.
LANGUAGE: Text = _(
    "Numbers, names, + - * / ( ), comparisons, … if … else …, min, max, round, lookup."
)
