"""Completion scripts, written from what the commands take. They are complete in themselves: a TAB starts no process of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pmbot.cli.reference import HELP_OPTION, VERSION_OPTION, Parameter, commands, parameters, summary

_ROOT = (VERSION_OPTION, HELP_OPTION)


def bash() -> str:
    """Write the script for bash 4 and newer."""
    cases = "".join(_bash_case(name, tuple(parameters(wanted))) for name, wanted in commands().items())
    return _BASH.format(cases=cases, root=" ".join((*commands(), *_names(_ROOT))))


def zsh() -> str:
    """Write the script for zsh, to be put into `$fpath` or to be sourced."""
    known = commands()
    described = "\n".join(f"    {_quoted(f'{name}:{summary(wanted)}')}" for name, wanted in known.items())
    cases = "".join(_zsh_case(name, tuple(parameters(wanted))) for name, wanted in known.items())
    return _ZSH.format(described=described, root=_zsh_arguments(_ROOT), cases=cases)


def fish() -> str:
    """Write the script for fish."""
    lines = ["# Completion of pmbot in fish.", "complete -c pmbot -f"]
    lines += [f"complete -c pmbot -n __fish_use_subcommand {_fish_names(option)} -d {_fish(option.help)}" for option in _ROOT]
    for name, wanted in commands().items():
        lines.append(f"complete -c pmbot -n __fish_use_subcommand -a {name} -d {_fish(summary(wanted))}")
        lines += [f"complete -c pmbot -n '__fish_seen_subcommand_from {name}' {rest}" for rest in _fish_rest(parameters(wanted))]
    return "\n".join(lines) + "\n"


def _names(options: Iterable[Parameter]) -> Iterator[str]:
    return (name for option in options for name in option.names)


def _bash_case(name: str, given: tuple[Parameter, ...]) -> str:
    valued = (option for option in given if option.names and option.value is not None)
    after = [f"        {'|'.join(option.names)}) {_bash_value(option)}; return;;\n" for option in valued]
    previous = f'      case "$prev" in\n{"".join(after)}      esac\n' if after else ""
    words = " ".join((*_names(given), *(choice for option in given if option.is_argument for choice in option.choices)))
    files = next((_bash_value(option) for option in given if option.is_argument and option.is_path), "")
    lone = f'      [[ "$cur" == -* ]] || {{ {files}; return; }}\n' if files else ""
    return f'    {name})\n{previous}{lone}      words="{words}";;\n'


def _bash_value(option: Parameter) -> str:
    if option.choices:
        return f'COMPREPLY=($(compgen -W "{" ".join(option.choices)}" -- "$cur"))'
    return "_pmbot_files" if option.is_path else "COMPREPLY=()"


def _zsh_case(name: str, given: tuple[Parameter, ...]) -> str:
    return f"    {name})\n      {_zsh_arguments(given)};;\n"


def _zsh_arguments(given: Iterable[Parameter]) -> str:
    return " \\\n        ".join(("_arguments -s", *(spec for option in given for spec in _zsh_specs(option))))


def _zsh_specs(option: Parameter) -> Iterator[str]:
    action = f"({' '.join(option.choices)})" if option.choices else "_files" if option.is_path else " "
    value = "" if option.value is None else f":{_zsh(option.value)}:{action}"
    if option.is_argument:
        yield _quoted(f"{'*' if option.repeats else ''}{value}")
    for name in option.names:
        repeat = "*" if option.repeats else ""
        equals = "=" if value and name.startswith("--") else ""
        yield _quoted(f"{repeat}{name}{equals}[{_zsh(option.help)}]{value}")


def _zsh(text: str) -> str:
    """Escape what has a meaning inside a specification."""
    return "".join(f"\\{c}" if c in "[]:\\" else c for c in text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _fish_rest(given: Iterable[Parameter]) -> Iterator[str]:
    for option in given:
        value = ""
        if option.choices:
            value = f" -{'x' if option.names else 'f'} -a {_fish(' '.join(option.choices))}"
        elif option.value is not None:
            value = " -r -F" if option.is_path and option.names else " -F" if option.is_path else " -x" if option.names else ""
        if option.names:
            yield f"{_fish_names(option)}{value} -d {_fish(option.help)}"
        elif value:
            yield value.strip()


def _fish_names(option: Parameter) -> str:
    return " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)


def _fish(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


_BASH = """# Completion of pmbot in bash.
_pmbot_files() {{
  local file
  COMPREPLY=()
  while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$cur")
  compopt -o filenames 2>/dev/null
}}

_pmbot() {{
  local cur="${{COMP_WORDS[COMP_CWORD]}}" prev="" command="" words=""
  COMPREPLY=()
  if (( COMP_CWORD > 1 )); then
    command="${{COMP_WORDS[1]}}"
    prev="${{COMP_WORDS[COMP_CWORD-1]}}"
  fi
  case "$command" in
    "") words="{root}";;
{cases}  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}}
complete -F _pmbot pmbot
"""

_ZSH = """#compdef pmbot
# Completion of pmbot in zsh.
_pmbot() {{
  local -a commands
  commands=(
{described}
  )
  if (( CURRENT == 2 )); then
    _describe -t commands command commands
    {root}
    return
  fi
  shift words
  (( CURRENT-- ))
  case "$words[1]" in
{cases}  esac
}}
if [ "$funcstack[1]" = "_pmbot" ]; then
  _pmbot "$@"
else
  compdef _pmbot pmbot
fi
"""
