"""What follows from an article as a whole: what a deal brings, who is behind an event."""

from __future__ import annotations

from trees import facts_of

N, V = "Nordalis", "Vextra"


def test_what_a_deal_will_bring_is_the_bought_company_s() -> None:
    found = facts_of(
        "Nordalis rachète Vextra.",
        "Avec cette opération, Nordalis détiendra les marques Orvane et Hexium.",
        relation="subsidiaryOf",
    )
    assert {fact for fact in found if fact[2] == V} == {
        ("Orvane", "subsidiaryOf", V, "Actual"),
        ("Hexium", "subsidiaryOf", V, "Actual"),
    }
    assert {fact for fact in found if fact[2] == N} == {
        ("Orvane", "subsidiaryOf", N, "Planned"),
        ("Hexium", "subsidiaryOf", N, "Planned"),
    }


def test_without_a_deal_brands_are_nobody_else_s() -> None:
    found = facts_of("Avec cette opération, Nordalis détiendra les marques Orvane et Hexium.")
    assert {target for _, _, target, _ in found} == {N}
