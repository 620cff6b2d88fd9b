"""Small random graphs with everything in them that the rules speak of: seats and sites, layers, shares that are known,
unknown and rival, minor suppliers, remainders, wholes beside their parts, makers, released things, needs with alternatives, variants settled or not, steps,
deliveries, policies with markets, modes and dates, responses, substitutes, and facts of several years."""
import random

FIRST_DAY, SECOND_DAY = "2022-06-30", "2024-06-30"


class World:
    """A dataset, and what a question may be about."""

    def __init__(self, seed):
        self.seed = seed
        self.dice = random.Random(seed)
        self.countries = [f"c{i}" for i in range(self.dice.randint(1, 3))]
        self.firms = [f"f{i}" for i in range(self.dice.randint(2, 5))]
        self.things = [f"t{i}" for i in range(self.dice.randint(3, 7))]
        self.policies = [f"p{i}" for i in range(self.dice.randint(0, 2))]
        self.nodes, self.edges, self.figures, self.remainders, self.groups = [], [], [], set(), []
        self.add_nodes()
        self.add_supplies()
        self.add_needs()
        self.add_policies()
        self.add_figures()

    def chance(self, percent):
        return self.dice.randrange(100) < percent

    def times(self, most):
        return range(self.dice.randint(0, most))

    def node(self, identity, kind, **more):
        self.nodes.append({"id": identity, "type": kind, **more, "sources": [{"source": "s"}]})

    def edge(self, origin, kind, target, **more):
        """An edge, at times one that has begun late or ended."""
        if origin == target:
            return None
        if self.chance(25):
            more["since"] = self.dice.choice(["2021", "2023", "2023-05", "2025"])
        if self.chance(15):
            more["until"] = self.dice.choice(["2021", "2023", "2023-05-01"])
        if "since" in more and "until" in more and more["until"][:4] <= more["since"][:4]:
            del more["until"]
        record = {"id": f"e{len(self.edges):03}", "from": origin, "type": kind, "to": target, **more,
                  "sources": [{"source": "s"}]}
        self.edges.append(record)
        return record

    def supply(self):
        more = {}
        if self.chance(55):
            more["share"] = self.dice.choice([0.125, 0.25, 0.375, 0.5, 0.75, 1])
        if self.chance(15):
            more["significance"] = "minor"
        return more

    def rivals(self, record):
        """Another claim on the same fact, and at times an older measure of it."""
        if record is None or not self.chance(25):
            return
        other = {key: value for key, value in record.items() if key not in ("id", "share", "confidence")}
        other["confidence"] = self.dice.choice([0.3, 0.9])
        if self.chance(50):
            other["share"] = self.dice.choice([0.1, 0.6])
        if self.chance(30):
            other["as_of"] = self.dice.choice(["2021", "2023", "2025"])
        self.edges.append({"id": f"e{len(self.edges):03}", **other})

    def add_nodes(self):
        for country in self.countries:
            self.node(country, "country")
        self.node("bloc", "bloc")
        for firm in self.firms:
            more = {"since": "2023"} if self.chance(8) else {}
            if self.chance(20):
                self.remainders.add(firm)
                more["attributes"] = {"remainder": True}
            self.node(firm, "firm", **more)
        if self.chance(50):
            self.groups = ["g0"]
            self.node("g0", "group")
            for firm in self.firms:
                if self.chance(50):
                    self.edge(firm, "part-of", "g0")
        for thing in self.things:
            attributes = {}
            if self.chance(50):
                attributes["variants"] = self.dice.choice(["any", "all"])
            if self.chance(15):
                attributes["released"] = True
            self.node(thing, "process" if self.chance(35) else "product",
                      **({"attributes": attributes} if attributes else {}))
        for country in self.countries:
            if self.chance(40):
                self.edge(country, "part-of", "bloc")
        for firm in self.firms:
            for _ in range(self.dice.choice([1, 1, 1, 2])):
                more = {"attributes": {"role": "site"}} if self.chance(25) else {}
                self.edge(firm, "located-in", self.dice.choice(self.countries), **more)

    def add_supplies(self):
        actors = self.firms * 3 + self.countries + self.groups * 3
        for _ in self.times(11):
            self.rivals(self.edge(self.dice.choice(actors), "produces", self.dice.choice(self.things), **self.supply()))
        for _ in self.times(4):
            self.edge(self.dice.choice(actors), "develops", self.dice.choice(self.things))
        for _ in self.times(5):
            more = self.supply()
            if self.chance(85):
                more["item"] = self.dice.choice(self.things)
            self.rivals(self.edge(self.dice.choice(self.firms + self.groups), "supplies",
                                  self.dice.choice(self.countries + self.firms + ["bloc"]), **more))

    def add_needs(self):
        needy = self.firms + self.things * 2 + self.countries
        for _ in self.times(9):
            more = {}
            if self.chance(25):
                more["group"] = "g"
            self.edge(self.dice.choice(needy), "requires", self.dice.choice(self.things), **more)
        for _ in self.times(4):
            self.edge(self.dice.choice(self.things), "variant-of", self.dice.choice(self.things))
        processes = [node["id"] for node in self.nodes if node["type"] == "process"]
        if len(processes) > 1:
            for _ in self.times(2):
                self.edge(self.dice.choice(processes), "step-of", self.dice.choice(processes))
        for _ in self.times(2):
            self.edge(self.dice.choice(self.firms), "uses", self.dice.choice(self.things))
        for _ in self.times(1):
            self.edge(self.dice.choice(self.countries), "funds", self.dice.choice(self.things))
        for _ in self.times(2):
            self.edge(self.dice.choice(self.things), "substitutes", self.dice.choice(self.things),
                      **({"performance": 0.5} if self.chance(50) else {}))

    def add_policies(self):
        for policy in self.policies:
            attributes = {}
            if self.chance(20):
                attributes["effective"] = self.dice.choice(["2021", "2023", "2025"])
            if self.chance(15):
                attributes["suspended"] = "2022/2022"
            self.node(policy, "policy", **({"attributes": attributes} if attributes else {}))
            self.edge(self.dice.choice(self.countries), "issues", policy)
            for _ in range(self.dice.randint(1, 3)):
                more = {"market": self.dice.choice(self.countries)} if self.chance(70) else {}
                if self.chance(25):
                    more["attributes"] = {"mode": self.dice.choice(["licence", "quota"])}
                if self.chance(20):
                    more["item"] = self.dice.choice(self.things)
                self.edge(policy, "restricts", self.dice.choice(self.things * 2 + self.firms), **more)
            for _ in self.times(2):
                self.edge(self.dice.choice(self.things), "adapts-to", policy,
                          **({"performance": 0.5} if self.chance(50) else {}))

    def add_figures(self):
        for i in self.times(4):
            self.figures.append({"id": f"o{i}", "subject": self.dice.choice(self.firms), "indicator": "ai-patents",
                                 "value": self.dice.randrange(100), "unit": "patents",
                                 "as_of": self.dice.choice(["2021", "2022", "2023", "2025"]),
                                 "sources": [{"source": "s"}]})

    def dataset(self, edges=None, figures=None):
        return {"dataset": {"id": "w", "title": "A random world", "version": "1", "license": "CC0-1.0"},
                "sources": [{"id": "s", "title": "S", "date": "2020"}], "nodes": self.nodes,
                "edges": self.edges if edges is None else edges,
                "observations": self.figures if figures is None else figures}


def first_day(date):
    return (date + "-01-01" if len(date) == 4 else date + "-01" if len(date) == 7 else date) if date else ""


def end_day(date):
    """The first day on which what ends on a date as written is over."""
    if len(date) == 10 or not date:
        return date
    year, month = int(date[:4]), int(date[5:7] or 12) if len(date) == 7 else 12
    return f"{year + (month == 12):04}-{month % 12 + 1:02}-01"


def begins_by(record, day):
    return first_day(record.get("since", "")) <= day


def holds_on(record, day):
    end = end_day(record.get("until", ""))
    return begins_by(record, day) and (not end or day < end)
