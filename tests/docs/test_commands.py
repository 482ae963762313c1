"""Every command and option is documented, and every command that the documentation names can be given."""

from __future__ import annotations

import inspect
import re
import shlex
from collections.abc import Iterator

import click
import pytest

from goicrawl.cli import main
from goicrawl.spiders import annual_reports
from tests.docs.documents import ROOT, codes, documents, fences, headings, read, rows, section

DOCUMENT = "commands.md"
ELSEWHERE = {".", "export", "psql", "grep", "cut", "date"}
"""Commands of others that the documents use."""


def commands(
    command: click.Command, path: tuple[str, ...] = ("goicrawl",)
) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its full name."""
    if isinstance(command, click.Group):
        if path == ("goicrawl",):
            yield "goicrawl", command
        for name, child in command.commands.items():
            yield from commands(child, (*path, name))
    else:
        yield " ".join(path), command


COMMANDS = dict(commands(main))


def options_of(command: click.Command) -> set[str]:
    """The options that only this command has; the group's help goes for all."""
    own = {
        name for parameter in command.params if isinstance(parameter, click.Option) for name in parameter.opts
    }
    return own | ({"-h", "--help"} if command is main else set())


def test_every_command_has_a_chapter_and_no_other() -> None:
    chapters = [heading for heading in headings(read(DOCUMENT)) if heading.startswith("goicrawl")]
    assert sorted(chapters) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_row_and_no_other(name: str) -> None:
    named = {
        option
        for row in rows(section(read(DOCUMENT), name))
        for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", row[0])
    }
    assert named == options_of(COMMANDS[name])


@pytest.mark.parametrize("name", COMMANDS)
def test_choices_and_defaults_are_documented(name: str) -> None:
    text = section(read(DOCUMENT), name)
    for parameter in COMMANDS[name].params:
        if isinstance(parameter.type, click.Choice):
            (row,) = [row for row in rows(text) if parameter.opts[0] in row[0]]
            assert set(map(str, parameter.type.choices)) <= set(codes(row[1]))
            if parameter.default is not None and parameter.show_default:
                assert re.search(rf"`{parameter.default}`,? ?\(?(the )?default", row[1]), row


@pytest.mark.parametrize("name", COMMANDS)
def test_every_chapter_shows_an_example(name: str) -> None:
    shown = [line for line in shell_lines(section(read(DOCUMENT), name)) if line.split()[:1] == ["goicrawl"]]
    assert any(" ".join(line.split()[: len(name.split())]) == name for line in shown)


def shell_lines(text: str) -> list[str]:
    """The commands of a text's examples: without prompts, comments, and what a console answered."""
    lines = []
    for fence in fences(text, "sh", "console"):
        for line in fence.body.replace("\\\n", " ").split("\n"):
            if fence.language == "console" and not line.startswith("$ "):
                continue
            plain = line.removeprefix("$ ").strip()
            if plain and not plain.startswith("#"):
                lines.append(plain)
    return lines


def words(line: str) -> Iterator[list[str]]:
    """The simple commands of a line; those inside "$(…)" and behind pipes as well."""
    for inner in re.findall(r"\$\(([^()]*)\)", line):
        yield from words(inner)
    outer = re.sub(r"\$\(([^()]*)\)", "X", line)
    for part in re.split(r"\s(?:&&|\|\||\||;)\s", outer):
        found = shlex.split(part, comments=True)
        yield [word for at, word in enumerate(found) if word != ">" and found[at - 1 : at] != [">"]]


EXAMPLES = [
    pytest.param(found, id=f"{path.name}: {' '.join(found)[:60]}")
    for path in documents()
    if path.exists()
    for line in shell_lines(path.read_text(encoding="utf-8"))
    for found in words(line)
    if found
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_can_be_given(example: list[str]) -> None:
    if example[0] == "goicrawl":
        give(example[1:])
    elif example[0] == "make":
        make(example[1:])
    elif example[:3] == ["scrapy", "crawl", "annual_reports"]:
        assert example[3::2] == ["-a"] * (len(example[3:]) // 2)
        assert {argument.partition("=")[0] for argument in example[4::2]} <= spider_arguments()
    else:
        assert example[0] in ELSEWHERE


def test_examples_are_many_and_a_wrong_one_is_seen() -> None:
    assert len(EXAMPLES) > 40
    for wrong in (
        ["crowl", "130827"],
        ["crawl", "--provinz", "X"],
        ["status", "now"],
        ["export", "--lang", "fr"],
    ):
        with pytest.raises((click.UsageError, AssertionError)):
            give(wrong)


def give(arguments: list[str]) -> None:
    """Parse a command line as click would, without touching a file or running anything."""
    command: click.Command = main
    rest = arguments
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        child = command.commands.get(rest[0])
        if child is None:
            raise click.UsageError(f"no command {rest[0]}")
        command, rest = child, rest[1:]
    context = click.Context(command)
    context.help_option_names = ["-h", "--help"]
    values, over, _ = command.make_parser(context).parse_args(list(rest))
    takes = any(isinstance(parameter, click.Argument) for parameter in command.params)
    if over and not takes:
        raise click.UsageError(f"{over} is too much")
    for parameter in command.params:
        value = values.get(parameter.name)
        if isinstance(parameter.type, click.Choice) and isinstance(value, str):
            parameter.type.convert(value, parameter, context)


def test_commands_named_in_sentences_can_be_given() -> None:
    named = 0
    for path in documents():
        for code in codes(path.read_text(encoding="utf-8")):
            if code.startswith(("goicrawl ", "make ")):
                named += 1
                if code.startswith("make "):
                    make(code.split()[1:])
                else:
                    give(shlex.split(code)[1:])
    assert named > 15


def test_every_target_of_make_is_documented() -> None:
    documented = {
        code.removeprefix("make ") for row in rows(section(read(DOCUMENT), "make")) for code in codes(row[0])
    }
    assert documented == targets()


def make(arguments: list[str]) -> None:
    """Targets that there are, and variables that the Makefile lets one choose."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    variables = [argument.partition("=")[0] for argument in arguments if "=" in argument]
    assert {argument for argument in arguments if "=" not in argument} <= targets(), arguments
    assert all(f"\n{name} ?=" in text for name in variables), arguments


def targets() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY:(.*)$", text, re.MULTILINE)
    return set(phony.split())


def test_every_argument_of_the_spider_is_documented() -> None:
    text = section(read(DOCUMENT), "goicrawl crawl")
    documented = {code for row in rows(text) for code in codes(row[0]) if not code.startswith("-")}
    assert documented == spider_arguments()


def spider_arguments() -> set[str]:
    parameters = inspect.signature(annual_reports._from_command_line).parameters.values()
    return {one.name for one in parameters if one.kind is not inspect.Parameter.VAR_KEYWORD}
