# SPDX-License-Identifier: Apache-2.0
"""Writes duplicates.json: passing programs and copies of them that differ only in how they look.

A program is the body of a function, as the model wrote it. Each is parsed behind its prompt and
changed with the standard library alone; every copy must have the syntax tree of the program, but
for names, or the script stops.

Usage: python generate.py GROUPS.jsonl [PROBLEMS PROGRAMS] > duplicates.json
"""

import ast
import io
import json
import sys
import textwrap
import tokenize


def parse(prompt, body):
    """The last function of the prompt with a body, and how many lines are above the body."""
    source = prompt.rstrip("\n") + "\n"
    tree = ast.parse(source + body)
    return tree.body[-1], source.count("\n")


def own_statements(function):
    """The body without the docstring of the prompt."""
    first = function.body[0]
    docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return function.body[1:] if docstring and isinstance(first.value.value, str) else function.body


def local_names(function):
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef) and node is not function:
            names.add(node.name)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
    return names


class Rename(ast.NodeTransformer):
    def __init__(self, names):
        self.new = {name: f"renamed_{i}" for i, name in enumerate(sorted(names))}
        self.places = {}

    def _place(self, node, name, offset=0):
        if name in self.new:
            self.places[node.lineno, node.col_offset + offset] = name

    def visit_Name(self, node):
        self._place(node, node.id)
        node.id = self.new.get(node.id, node.id)
        return node

    def visit_arg(self, node):
        self._place(node, node.arg)
        node.arg = self.new.get(node.arg, node.arg)
        return self.generic_visit(node)

    def visit_FunctionDef(self, node):
        self._place(node, node.name, len("def "))
        node.name = self.new.get(node.name, node.name)
        return self.generic_visit(node)

    def visit_Call(self, node):
        if isinstance(node.func, ast.Name) and node.func.id in self.new:
            for keyword in node.keywords:
                if keyword.arg:
                    self._place(keyword, keyword.arg)
                    keyword.arg = self.new.get(keyword.arg, keyword.arg)
        return self.generic_visit(node)

    def visit_ExceptHandler(self, node):
        node.name = self.new.get(node.name, node.name)
        return self.generic_visit(node)


def normal(function):
    """The syntax tree without names that the function chose, and without docstrings."""
    names = local_names(function)
    order = {}
    copy = ast.parse(ast.unparse(function))
    for node in ast.walk(copy):
        body = getattr(node, "body", None)
        if isinstance(body, list) and len(body) > 1:
            node.body = [s for s in body if not is_text(s)] or body
    dump = []
    for node in ast.walk(copy):
        for field in ("id", "arg", "name"):
            name = getattr(node, field, None)
            if isinstance(name, str) and name in names:
                setattr(node, field, "v%d" % order.setdefault(name, len(order)))
    copy.body[0].args = ast.arguments([], [], None, [], [], None, [])
    copy.body[0].returns = None
    dump.append(ast.dump(copy))
    return dump[0]


def is_text(statement):
    value = getattr(statement, "value", None)
    return (
        isinstance(statement, ast.Expr)
        and isinstance(value, ast.Constant)
        and isinstance(value.value, str)
    )


def unparse(statements):
    return textwrap.indent("\n".join(map(ast.unparse, statements)), "    ") + "\n"


def body_tokens(prompt, body):
    source = prompt.rstrip("\n") + "\n" + body
    above = prompt.rstrip("\n").count("\n") + 1
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [t for t in tokens if t.start[0] > above and t.type != tokenize.ENDMARKER], above


def edit(prompt, body, replace):
    """The body with the text of each token replaced, from the back."""
    tokens, above = body_tokens(prompt, body)
    lines = body.split("\n")
    for token in reversed(tokens):
        new = replace(token)
        if new is None or token.start[0] != token.end[0]:
            continue
        line = lines[token.start[0] - above - 1]
        lines[token.start[0] - above - 1] = line[: token.start[1]] + new + line[token.end[1] :]
    return "\n".join(lines)


def renamed(prompt, body):
    function, _ = parse(prompt, body)
    if any(isinstance(node, (ast.JoinedStr, ast.ExceptHandler)) for node in ast.walk(function)):
        return None  # the places of names in them are not in the tree
    rename = Rename(local_names(function))
    rename.visit(function)
    return edit(
        prompt,
        body,
        lambda t: rename.new[rename.places[t.start]]
        if t.type == tokenize.NAME and rename.places.get(t.start) == t.string
        else None,
    )


def commented(prompt, body):
    """Comments behind lines and between them, blank lines, a docstring."""
    tokens, above = body_tokens(prompt, body)
    ends = {t.start[0] - above - 1 for t in tokens if t.type == tokenize.NEWLINE}
    lines = ['    """Doesn\'t matter; see {below}: x = 1."""', ""]
    for i, line in enumerate(body.split("\n")):
        lines.append(line + ("  # isn't it: a == b; return {" if i in ends else ""))
        if i in ends:
            lines += ["", " # if (x) { y(); }"]
    return "\n".join(lines) + "\n"


def two_spaces(prompt, body):
    """Half the indentation; a string of several lines stays as it is."""
    strings = set()
    if prompt:
        tokens, above = body_tokens(prompt, body)
        for token in tokens:
            if token.type == tokenize.STRING:
                strings.update(range(token.start[0] - above, token.end[0] - above))
    lines = []
    for i, line in enumerate(body.split("\n")):
        spaces = len(line) - len(line.lstrip(" "))
        lines.append(line if i in strings else " " * (spaces // 2) + line[spaces:])
    return "\n".join(lines)


def spaced(prompt, body):
    """A space behind every operator and bracket."""
    return edit(prompt, body, lambda t: f"{t.string} " if t.type == tokenize.OP else None)


def quoted(prompt, body):
    def swap(token):
        text = token.string
        plain = token.type == tokenize.STRING and text[0] in "'\"" and len(text) >= 2
        if not plain or text[:3] in ("'''", '"""') or "\\" in text:
            return None
        other = '"' if text[0] == "'" else "'"
        return None if other in text else other + text[1:-1] + other

    return edit(prompt, body, swap)


def unquoted_parentheses(prompt, body):
    """return (x), if (x): and trailing semicolons, where they fit one line."""
    function, above = parse(prompt, body)
    lines = body.split("\n")
    for node in ast.walk(function):
        if isinstance(node, ast.Return):
            value = node.value
        elif isinstance(node, (ast.If, ast.While)):
            value = node.test
        else:
            continue
        if value is None or value.lineno != value.end_lineno or value.lineno <= above:
            continue
        if isinstance(value, (ast.Tuple, ast.GeneratorExp, ast.JoinedStr)):
            continue
        line = lines[value.lineno - above - 1].encode()
        start, end = value.col_offset, value.end_col_offset
        if isinstance(node, ast.Return) and line[end:].strip() not in (b"",):
            continue
        new = line[:start] + b"(" + line[start:end] + b")" + line[end:]
        if isinstance(node, ast.Return):
            new += b";"
        try:
            lines[value.lineno - above - 1] = new.decode()
            if normal(parse(prompt, "\n".join(lines))[0]) != normal(parse(prompt, body)[0]):
                raise SyntaxError
        except SyntaxError:
            lines[value.lineno - above - 1] = line.decode()
    return "\n".join(lines)


def variants(prompt, body):
    function, _ = parse(prompt, body)
    copies = {"unparsed": unparse(own_statements(function))}
    rename = Rename(local_names(function))
    copies["renamed_unparsed"] = unparse(own_statements(rename.visit(parse(prompt, body)[0])))
    copies["renamed"] = renamed(prompt, body)
    copies["commented"] = commented(prompt, body)
    copies["two_spaces"] = two_spaces(prompt, body)
    copies["spaced"] = spaced(prompt, body)
    copies["quoted"] = quoted(prompt, body)
    copies["parentheses"] = unquoted_parentheses(prompt, body)
    everything = body
    signature = prompt
    for change in (renamed, quoted, unquoted_parentheses, spaced, commented, two_spaces):
        changed = change(signature, everything)
        if change is renamed and changed:
            signature = rename_prompt(prompt, body)
        everything = changed or everything
    copies["everything"] = everything
    tree = normal(function)
    for name, copy in copies.items():
        if "renamed" in name:
            continue  # its parameters are free names behind the prompt
        above = signature if name == "everything" else prompt
        if name in ("two_spaces", "everything"):
            above = two_spaces("", above)
        if copy and normal(parse(above, copy)[0]) != tree:
            raise AssertionError(f"{name} is another program:\n{body}\n{copy}")
    return {name: copy for name, copy in copies.items() if copy and copy != body}


def rename_prompt(prompt, body):
    """The prompt with the parameters renamed as in the body, so that the body still fits."""
    function, above = parse(prompt, body)
    rename = Rename(local_names(function))
    rename.visit(function)
    source = prompt.rstrip("\n") + "\n"
    lines = source.split("\n")
    for (line, column), name in sorted(rename.places.items(), reverse=True):
        if line <= above:
            text = lines[line - 1]
            lines[line - 1] = text[:column] + rename.new[name] + text[column + len(name) :]
    return "\n".join(lines)


def passing(group):
    """The passing programs that parse, each syntax tree once."""
    programs = []
    seen = set()
    for rollout in group["rollouts"]:
        if rollout["reward"] <= 0:
            continue
        text = rollout["text"]
        try:
            function, _ = parse(group["prompt"], text)
        except SyntaxError:
            continue
        tree = normal(function)
        if tree not in seen and own_statements(function):
            seen.add(tree)
            programs.append(rollout)
    return programs


def main():
    path = sys.argv[1]
    problems, count = (int(a) for a in sys.argv[2:4]) if len(sys.argv) > 3 else (15, 3)
    answer = []
    with open(path, encoding="utf-8") as file:
        groups = [json.loads(line) for line in file]
    groups = [g for g in groups if len(passing(g)) >= min(2, count)]
    step = max(1, len(groups) // problems)
    for group in groups[::step][:problems]:
        entry = {"problem": group["group_id"], "programs": []}
        for rollout in passing(group)[:count]:
            copies = variants(group["prompt"], rollout["text"])
            entry["programs"].append(
                {"id": rollout["rollout_id"], "text": rollout["text"], "copies": copies}
            )
        answer.append(entry)
    json.dump(answer, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
