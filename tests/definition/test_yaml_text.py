"""A definition as YAML that people read: in the order in which they think, and folded."""

from auditkit.definition.forms import load
from auditkit.definition.yaml import written
from tests.rounds import AUDIT


def test_it_reads_as_an_officer_would_write_it(tmp_path):
    long = "One record shows who checked what, and when it was; two people can find it. " * 2
    path = tmp_path / "audit.yaml"
    text = AUDIT.replace("intro: Who leads and who answers for it.", f"intro: {long}")
    path.write_text(text.replace("The board hears about it.", '"First.\\n\\nThen: this."'), encoding="utf-8")
    said = written(load(path)).decode()
    assert said.startswith(
        'id: small\ntitle: A small audit\nedition: "2026.1"\ngroups: [Police, Health]\n\nscales:\n'
    )
    assert "      - {at_least: 2.5, point: green}\n" not in said
    assert "    - {at_least: 2.5, point: green}\n" in said
    assert (
        "    intro: >-\n      One record shows who checked what, and when it was; two people can find it."
        in said
    )
    assert "        text: |-\n          First.\n\n          Then: this.\n" in said
    assert '        colour: "#9BD3A8"\n' in said
    assert "\n\n  - id: NUM\n" in said
    assert said.rindex("\nsections:") > said.rindex("\noverall:")
    assert "weight: 1" not in said
    assert all(line == line.rstrip() and len(line) < 140 for line in said.split("\n"))
