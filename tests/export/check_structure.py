"""Checks what the schemas of GraphML 1.0 and GEXF 1.2/1.3 demand, without needing them: element and attribute names,
their order, value types, unique ids, references that resolve.

usage: check_structure.py graphml|gexf FILE
Prints one line a problem and exits 1 when there are any; 77 when lxml is missing.
"""

import datetime
import re
import sys

try:
    from lxml import etree
except ImportError:
    print("lxml is not installed")
    sys.exit(77)

NMTOKEN = re.compile(r"[\w.:·-]+\Z")
problems = []


def expect(condition, element, what):
    if not condition:
        problems.append(f"line {element.sourceline}: <{etree.QName(element).localname}>: {what}")


def only(element, required, optional=()):
    names = set(element.attrib)
    expect(set(required) <= names, element, f"lacks {set(required) - names}")
    expect(names <= set(required) | set(optional), element, f"has {names - set(required) - set(optional)}")


def children(element):
    return [child for child in element if isinstance(child.tag, str)]


def unique(values, element, what):
    seen = set()
    for value in values:
        expect(value not in seen, element, f"{what} {value!r} twice")
        seen.add(value)
    return seen


def graphml(root):
    space = "{http://graphml.graphdrawing.org/xmlns}"
    expect(root.tag == space + "graphml", root, "is not the root")
    order = [etree.QName(child).localname for child in children(root)]
    expect(re.fullmatch(r"(desc )?(key )*((graph|data) )*", "".join(name + " " for name in order)), root, "order")
    keys = {}
    for key in root.findall(space + "key"):
        only(key, ["id", "for", "attr.name", "attr.type"])
        for name in ("id", "attr.name"):
            expect(NMTOKEN.match(key.get(name)), key, f"{name} is no name token")
        expect(key.get("for") in ("node", "edge"), key, "for")
        expect(key.get("attr.type") in ("boolean", "int", "long", "float", "double", "string"), key, "attr.type")
        keys[key.get("id")] = key
    unique([key.get("id") for key in root.findall(space + "key")], root, "key id")
    for record in ("node", "edge"):
        names = [key.get("attr.name") for key in keys.values() if key.get("for") == record]
        unique(names, root, f"{record} attr.name")
    graphs = root.findall(space + "graph")
    expect(len(graphs) == 1, root, "has not one graph")
    graph = graphs[0]
    only(graph, ["edgedefault"], ["id"])
    expect(graph.get("edgedefault") in ("directed", "undirected"), graph, "edgedefault")
    order = [etree.QName(child).localname for child in children(graph)]
    expect("desc" not in order[1:] and set(order) <= {"desc", "node", "edge"}, graph, "order")
    nodes = unique([node.get("id") for node in graph.findall(space + "node")], graph, "node id")
    unique([edge.get("id") for edge in graph.findall(space + "edge")], graph, "edge id")
    for element in graph.iter(space + "node", space + "edge"):
        record = etree.QName(element).localname
        only(element, ["id"] if record == "node" else ["id", "source", "target"])
        expect(all(NMTOKEN.match(value) for value in element.attrib.values()), element, "no name token")
        if record == "edge":
            expect({element.get("source"), element.get("target")} <= nodes, element, "an end is no node")
        unique([data.get("key") for data in children(element)], element, "data key")
        for data in children(element):
            expect(data.tag == space + "data", data, "is no data")
            only(data, ["key"])
            key = keys.get(data.get("key"))
            expect(key is not None and key.get("for") == record, data, "key not declared here")
            expect(not len(data), data, "has children")
            value_of_type(data, {"int": "integer", "long": "integer"}.get(key.get("attr.type"), key.get("attr.type")),
                          data.text or "")


def value_of_type(element, kind, text):
    if kind in ("integer", "long"):
        expect(re.fullmatch(r"-?\d+", text), element, f"{text!r} is no {kind}")
    elif kind in ("float", "double"):
        expect(re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", text), element, f"{text!r} is no {kind}")
    elif kind == "boolean":
        expect(text in ("true", "false", "1", "0"), element, f"{text!r} is no boolean")


def day(element, text):
    try:
        expect(len(text) == 10, element, f"{text!r} is no full date")
        return datetime.date.fromisoformat(text)
    except ValueError:
        expect(False, element, f"{text!r} is no date")
        return datetime.date.min


def gexf(root):
    version = root.get("version")
    spaces = {"1.3": "http://gexf.net/1.3", "1.2": "http://www.gexf.net/1.2draft"}
    expect(version in spaces, root, "version")
    space, viz = "{" + spaces[version] + "}", "{" + spaces[version] + "/viz}"
    expect(root.tag == space + "gexf", root, "is not the root")
    expect([child.tag for child in children(root)] == [space + "meta", space + "graph"], root, "order")
    graph = root.find(space + "graph")
    optional = ["timeformat"] + (["timerepresentation"] if version == "1.3" else [])
    only(graph, ["defaultedgetype", "mode", "idtype"], optional)
    expect(graph.get("mode") in ("static", "dynamic"), graph, "mode")
    dated = next(graph.iter(space + "spell"), None) is not None or any(
        group.get("mode") == "dynamic" for group in graph.findall(space + "attributes")
    )
    expect(dated == (graph.get("mode") == "dynamic"), graph, "mode does not fit the spells")
    order = [etree.QName(child).localname for child in children(graph)]
    expect(re.fullmatch(r"(attributes ){0,3}nodes edges ", "".join(name + " " for name in order)), graph, "order")
    types, dynamic = {}, set()
    for group in graph.findall(space + "attributes"):
        only(group, ["class", "mode"])
        if group.get("mode") == "dynamic":
            dynamic.update((group.get("class"), attribute.get("id")) for attribute in children(group))
        for attribute in children(group):
            only(attribute, ["id", "title", "type"])
            expect(attribute.get("type") in ("boolean", "long", "double", "string"), attribute, "type")
            types[group.get("class"), attribute.get("id")] = attribute.get("type")
        unique([attribute.get("id") for attribute in children(group)], group, "attribute id")
    for name, record in (("nodes", "node"), ("edges", "edge")):
        group = graph.find(space + name)
        only(group, ["count"])
        expect(int(group.get("count")) == len(children(group)), group, "count")
        unique([element.get("id") for element in children(group)], group, "id")
        for element in children(group):
            gexf_record(element, record, version, space, viz, types, dynamic)
    nodes = {node.get("id") for node in graph.find(space + "nodes")}
    for edge in graph.find(space + "edges"):
        expect({edge.get("source"), edge.get("target")} <= nodes, edge, "an end is no node")


def gexf_record(element, record, version, space, viz, types, dynamic):
    expect(element.tag == space + record, element, f"is no {record}")
    if record == "node":
        only(element, ["id", "label"])
    else:
        only(element, ["id", "source", "target", "label"] + (["kind"] if version == "1.3" else []))
    allowed = {space + "attvalues", space + "spells", viz + "color"}
    allowed |= {viz + "position", viz + "size"} if record == "node" else set()
    tags = [child.tag for child in children(element)]
    expect(set(tags) <= allowed, element, f"has {set(tags) - allowed}")
    unique(tags, element, "child")
    for value in element.iter(space + "attvalue"):
        changes = (record, value.get("for")) in dynamic
        only(value, ["for", "value"], ["start", "end"] if changes else [])
        kind = types.get((record, value.get("for")))
        expect(kind is not None, value, "attribute not declared")
        value_of_type(value, kind, value.get("value"))
    unique([(value.get("for"), value.get("start")) for value in element.iter(space + "attvalue")], element, "attribute")
    ends = {}
    for value in element.iter(space + "attvalue"):
        if (record, value.get("for")) in dynamic:
            free = value.get("for") not in ends or value.get("start", "") > ends[value.get("for")]
            expect(free, value, "overlaps an earlier one")
            ends[value.get("for")] = value.get("end", "9999-12-31")
    for spell in element.iter(space + "spell"):
        only(spell, [], ["start", "end"])
        expect(len(spell.attrib) > 0, spell, "is empty")
        if len(spell.attrib) == 2:
            expect(day(spell, spell.get("start")) <= day(spell, spell.get("end")), spell, "ends before it begins")
        for text in spell.attrib.values():
            day(spell, text)
    for colour in element.iter(viz + "color"):
        only(colour, ["r", "g", "b"])
        expect(all(0 <= int(value) <= 255 for value in colour.attrib.values()), colour, "channel")
    for position in element.iter(viz + "position"):
        only(position, ["x", "y", "z"])
        for value in position.attrib.values():
            value_of_type(position, "float", value)


def main():
    kind, path = sys.argv[1:]
    root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    {"graphml": graphml, "gexf": gexf}[kind](root)
    print("\n".join(problems[:20]))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
