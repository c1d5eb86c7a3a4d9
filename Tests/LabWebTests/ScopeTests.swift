import LabDomain
import LabOperations
import LabWeb
import Testing

/// Two units with a site each: whoever is limited to one meets nothing of the other.
@Suite("Own and other")
struct ScopeTests {
    /// What somebody's pages must never hold when it belongs to others.
    struct Own {
        let box: String
        let marks: [String]
        let tube: String
        let person: WaitingRecollection
    }

    let bench: RunBench
    let own: Own
    let other: Own

    init() throws {
        bench = try RunBench()
        try bench.receive([("5:1", 3), ("1:1", 1)], box: "B1")
        try bench.receive(
            [("5:1", 3), ("1:1", 1)], box: "B9", unit: "Unit 2", site: "Yard", first: 91)
        let positive = [WebBench.barcode(1), WebBench.barcode(91)]
        let plate = try bench.test {
            positive.contains($0) ? RunBench.positive : RunBench.negative
        }
        try bench.review(plate)
        try bench.perform(Release(.negatives), as: RunBench.supervisor)
        let called = try bench.laboratory.recollections(onlyOpen: true, as: RunBench.technician)
        func belongings(_ box: String, _ unit: String, _ site: String, first: Int) throws -> Own {
            let person = try #require(called.first { $0.unit == unit })
            return Own(
                box: box,
                marks: [
                    ">\(unit)<", ">\(site)<", ">\(box)<", WebBench.barcode(first),
                    WebBench.barcode(first + 1), person.name, person.telephone, person.address,
                ], tube: WebBench.barcode(first), person: person)
        }
        own = try belongings("B1", "Unit 1", "Gate", first: 1)
        other = try belongings("B9", "Unit 2", "Yard", first: 91)
    }

    static let limited = Role.ofPeople.filter { $0.limit != .laboratory }

    @Test(
        "WEB-67: whatever identifier of others somebody asks for, they see nothing of theirs",
        arguments: limited)
    func looks(role: Role) async throws {
        let browser = try await bench.web.browser(role)
        var seen = ""
        let routes = bench.web.site.routes.filter {
            $0.method == .get && $0.path != "/board/events"
        }
        for route in routes {
            for name in [other.box, other.tube, other.person.recollection.text, "Unit%202"] {
                let path = route.path.split(separator: "/")
                    .map { $0.hasPrefix(":") ? name : String($0) }.joined(separator: "/")
                for query in ["", "?all=1&box=B9&site=Yard&after=", "?all=1&unit=Unit%202"] {
                    let answer = try await browser.get("/" + path + query)
                    #expect(route.access.admits(role) || answer.status == 403, "/\(path)")
                    seen += answer.body
                    // What the address names may come back: a link to itself, a chosen unit.
                    let echoed = [name, query.contains("unit=") ? ">Unit 2<" : ""]
                    for mark in other.marks where !echoed.contains(mark) {
                        #expect(!answer.body.contains(mark), "/\(path)\(query) shows \(mark)")
                    }
                }
            }
        }
        // What is theirs is there, so that the marks above are marks.
        #expect(seen.contains(">\(own.box)<"))
        // A collector calls them back, and a unit has them in its feedback.
        #expect(seen.contains(own.person.name))
    }

    @Test(
        "WEB-67: whatever identifier of others somebody sends, nothing of theirs is changed",
        arguments: limited)
    func changes(role: Role) async throws {
        let browser = try await bench.web.browser(role)
        let fields = ["outcome": "refused", "back": "/"]
        let state = try state()
        let admitted = bench.web.site.routes.filter { route in
            route.method == .post && route.access.admits(role) && route.path.contains(":")
        }
        #expect(!admitted.isEmpty)
        func path(_ route: Route, _ whose: Own) -> String {
            route.path.replacing(":box", with: whose.box)
                .replacing(":recollection", with: whose.person.recollection.text)
        }
        for route in admitted {
            let answer = try await browser.post(path(route, other), fields)
            #expect(answer.status < 500)
            #expect(try self.state() == state, "\(route.path)")
        }
        // The same with what is their own does change something.
        for route in admitted {
            _ = try await browser.post(path(route, own), fields)
            #expect(try self.state() != state, "\(route.path)")
        }
    }

    /// What the routes above could change.
    private func state() throws -> [String] {
        let called = try bench.laboratory.recollections(onlyOpen: true, as: RunBench.technician)
        let clocks = try bench.laboratory.clocks(
            at: bench.web.now, openOnly: true, as: RunBench.supervisor)
        return called.map(\.recollection.text) + ["\(clocks)"]
    }
}
