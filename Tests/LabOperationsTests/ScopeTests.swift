import LabDomain
import LabExchange
import LabOperations
import LabStore
import Testing

@Suite("Who works for which unit or site")
struct ScopeTests {
    /// Two units at two sites: tubes 1 and 2 are those of the sending unit and the collector.
    private static func bench() throws -> Bench {
        let bench = try Bench()
        try bench.perform(
            bench.manifest([
                bench.row(tube: 1, kind: "1:1", person: 1),
                bench.row(tube: 2, kind: "1:1", person: 2, box: "MIX"),
                bench.row(tube: 3, kind: "1:1", person: 3, box: "MIX", unit: "Unit 2"),
                bench.row(
                    tube: 4, kind: "1:1", person: 4, box: "B2", unit: "Unit 2", site: "Gate 2"),
            ]))
        return bench
    }

    @Test(
        "ACT-3: a sending unit needs a unit, a collector a site, and nobody else has either",
        arguments: Role.allCases.filter { $0 != .system })
    func fits(_ role: Role) throws {
        let bench = try Bench()
        var taken: [Scope] = []
        for scope in [Scope.laboratory, .unit("Unit 9"), .site("Gate 9")] {
            let add = AddPerson(handle: "some.body", role: role, name: nil, scope: scope)
            switch try bench.refusal(add, as: Bench.administrator) {
            case nil:
                taken.append(scope)
                try bench.perform(RetirePerson(handle: "some.body"), as: Bench.administrator)
            case let refusal?: #expect(refusal.code == .rule, "\(scope)")
            }
        }
        let wanted: Scope =
            switch role {
            case .sendingUnit: .unit("Unit 9")
            case .collector: .site("Gate 9")
            default: .laboratory
            }
        #expect(taken == [wanted])
    }

    @Test("ACT-3: the name of a unit is one that a manifest can hold")
    func names() throws {
        let bench = try Bench()
        for name in ["", "  ", "a\nb", String(repeating: "甲", count: 201)] {
            let add = AddPerson(
                handle: "unit.two", role: .sendingUnit, name: nil, scope: .unit(name))
            #expect(try bench.refusal(add, as: Bench.administrator)?.code == .badData)
        }
        #expect(try bench.laboratory.staff(as: Bench.administrator).count == 8)
    }

    @Test("ACT-3: an administrator gives another unit or site, once, and to nobody else")
    func assign() throws {
        let bench = try Self.bench()
        func assign(_ handle: String, _ scope: Scope) -> AssignScope {
            AssignScope(handle: handle, scope: scope)
        }
        let move = assign(Bench.sendingUnit, .unit("Unit 2"))
        #expect(try bench.refusal(move, as: Bench.supervisor)?.code == .notPermitted)
        for (handle, scope) in [
            (Bench.sendingUnit, Scope.site("Gate 1")), (Bench.sendingUnit, .laboratory),
            (Bench.collector, .unit("Unit 1")), (Bench.technician, .unit("Unit 1")),
        ] {
            let refusal = try bench.refusal(assign(handle, scope), as: Bench.administrator)
            #expect(refusal?.code == .rule, "\(handle)")
        }
        let unknown = try bench.refusal(
            assign("nobody", .unit("Unit 2")), as: Bench.administrator)
        #expect(unknown?.code == .unknown)

        #expect(try bench.perform(move, as: Bench.administrator, key: "k").unit == "Unit 2")
        #expect(try bench.perform(move, as: Bench.administrator, key: "k").unit == "Unit 2")
        #expect(try bench.refusal(move, as: Bench.administrator)?.code == .nothingToDo)
        let boxes = try bench.laboratory.boxes(onlyIncomplete: false, as: Bench.sendingUnit)
        #expect(boxes.map(\.box) == [BoxID("B2"), BoxID("MIX")])
        let entry = try bench.laboratory.staff(as: Bench.administrator)
            .first { $0.handle == Bench.sendingUnit }
        #expect(entry?.unit == "Unit 2" && entry?.site == nil)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("ACT-4: a unit registers its own tubes, a collector those of their site, all faults told")
    func manifests() throws {
        let bench = try Bench()
        let rows = [
            bench.row(tube: 1, kind: "1:1", person: 1),
            bench.row(tube: 2, kind: "1:1", person: 2, unit: "Unit 2"),
            bench.row(tube: 3, kind: "1:1", person: 3, site: "Gate 2"),
            bench.row(tube: 4, kind: "1:1", person: 4, unit: "Unit 2", site: ""),
        ]
        for (handle, code, lines) in [
            (Bench.sendingUnit, "other-unit", [3, 5]), (Bench.collector, "other-site", [4, 5]),
        ] {
            let refusal = try bench.refusal(bench.manifest(rows), as: handle)
            #expect(refusal?.places.map(\.code) == [code, code])
            #expect(refusal?.places.map(\.line) == lines)
            #expect(refusal?.places.allSatisfy { $0.column != nil } == true)
            let check = try bench.laboratory.check(
                manifest: ManifestFile.write(rows), as: handle, at: bench.now)
            #expect(check.faults.map(\.line) == lines)
        }
        #expect(try bench.refusal(bench.manifest(Array(rows[0...0])), as: Bench.collector) == nil)
        #expect(try bench.refusal(bench.manifest(Array(rows[2...2])), as: Bench.sendingUnit) == nil)
        #expect(try bench.refusal(bench.manifest(Array(rows[3...3])), as: Bench.technician) == nil)
    }

    @Test("ACT-4: a unit and a collector see boxes with their own tubes, counted alone")
    func boxes() throws {
        let bench = try Self.bench()
        try bench.perform(ReceiveBox(box: "MIX", scans: nil, goodOnly: false))
        func boxes(_ handle: String) throws -> [[String]] {
            try bench.laboratory.boxes(onlyIncomplete: false, as: handle)
                .map { [$0.box.text, "\($0.tubes)", "\($0.received)"] }
        }
        #expect(try boxes(Bench.sendingUnit) == [["B1", "1", "0"], ["MIX", "1", "1"]])
        #expect(try boxes(Bench.collector) == [["B1", "1", "0"], ["MIX", "2", "2"]])
        for handle in [Bench.technician, "plan.ner", Bench.administrator] {
            #expect(try boxes(handle).count == 3)
        }
        #expect(throws: Refusal.self) { try bench.laboratory.status(as: Bench.collector) }
    }

    @Test("ACT-4: a unit confirms its own tubes; a box of others is answered as one nobody knows")
    func feedback() throws {
        let bench = try Self.bench()
        for box in ["B2", "MIX"] {
            try bench.perform(ReceiveBox(box: box, scans: nil, goodOnly: false))
        }
        for plate in try bench.test(cqs: { _ in Bench.negative }) {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        let other = try bench.refusal(ConfirmFeedback(box: "B2"), as: Bench.sendingUnit)
        let unknown = try bench.refusal(ConfirmFeedback(box: "B9"), as: Bench.sendingUnit)
        #expect(other?.code == .unknown && other?.remedy == unknown?.remedy)
        #expect(other?.message == unknown?.message && other?.places == unknown?.places)

        let own = try bench.perform(ConfirmFeedback(box: "MIX"), as: Bench.sendingUnit)
        #expect(own.delivered == 1 && own.waiting == 0)
        let rest = try bench.perform(ConfirmFeedback(box: "MIX"), as: Bench.supervisor)
        #expect(rest.delivered == 1)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("ACT-4: a collector sees and ends the searches of their site alone")
    func recollections() throws {
        let bench = try Self.bench()
        let near = try bench.perform(RejectTube(scan: Bench.barcode(1), reason: .leaking))
        let far = try bench.perform(RejectTube(scan: Bench.barcode(4), reason: .leaking))
        let seen = try bench.laboratory.recollections(onlyOpen: true, as: Bench.collector)
        #expect(seen.map(\.recollection) == near.recollections)
        #expect(
            try bench.laboratory.recollections(onlyOpen: true, as: Bench.technician).count == 2)

        func close(_ id: RecollectionID) -> CloseRecollection {
            CloseRecollection(recollection: id, outcome: .refused)
        }
        let other = try bench.refusal(close(far.recollections[0]), as: Bench.collector)
        let unknown = try bench.refusal(close(RecollectionID("RC1")), as: Bench.collector)
        #expect(other?.code == .unknown && other?.message == unknown?.message)
        #expect(try bench.refusal(close(near.recollections[0]), as: Bench.collector) == nil)
        #expect(try bench.refusal(close(far.recollections[0]), as: Bench.technician) == nil)
    }

    @Test("ACT-4: whoever has no unit or site yet does nothing with places, and is told who helps")
    func withoutScope() throws {
        let bench = try Self.bench()
        // As facts from before there were scopes left them.
        for (handle, role) in [("old.unit", Role.sendingUnit), ("old.site", .collector)] {
            let stamp = Stamp(
                at: bench.now, actor: Actor(handle: Bench.administrator, role: .administrator),
                verb: .addPerson, command: handle)
            try bench.laboratory.store.write(stamp: stamp) { transaction in
                let actor = Actor(handle: handle, role: role)
                try transaction.append([
                    .staffAdded(StaffAdded(actor: actor, name: nil, scope: nil))
                ])
            }
        }
        let manifest = bench.manifest([bench.row(tube: 9, kind: "1:1", person: 9)])
        let close = CloseRecollection(recollection: RecollectionID("RC1"), outcome: .refused)
        let refusals = [
            try bench.refusal(manifest, as: "old.unit"),
            try bench.refusal(ConfirmFeedback(box: "B1"), as: "old.unit"),
            try bench.refusal(manifest, as: "old.site"),
            try bench.refusal(close, as: "old.site"),
        ]
        for refusal in refusals {
            #expect(refusal?.code == .notPermitted)
            #expect(refusal?.remedy.contains("swabline person assign old.") == true)
        }
        for handle in ["old.unit", "old.site"] {
            #expect(throws: Refusal.self) {
                try bench.laboratory.boxes(onlyIncomplete: false, as: handle)
            }
        }
        #expect(throws: Refusal.self) {
            try bench.laboratory.recollections(onlyOpen: true, as: "old.site")
        }
        try bench.perform(
            AssignScope(handle: "old.site", scope: .site("Gate 1")), as: Bench.administrator)
        #expect(try bench.refusal(manifest, as: "old.site") == nil)
        #expect(try bench.laboratory.store.audit().isSound)
    }
}
