import LabDomain
import LabOperations
import LabStore
import Testing

@Suite("Commands, keys and rights")
struct CommandTests {
    @Test("OPS-1: a repeated key changes nothing and gives the first answer")
    func repeated() throws {
        var bench = try Bench()
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]))
        let receive = ReceiveBox(box: "B1", scans: nil, goodOnly: false)
        let first = try bench.perform(receive, key: "k1")
        let facts = try bench.laboratory.store.audit().facts
        bench.now = bench.now.advanced(by: .hours(1))
        let again = try bench.laboratory.perform(
            receive, as: Bench.technician, key: "k1", at: bench.now)
        #expect(again.isRepeated)
        #expect(again.answer.received == first.received)
        #expect(try bench.laboratory.store.audit().facts == facts)
    }

    @Test("OPS-1: the same file registered or imported again is the same manifest and run")
    func natural() throws {
        let bench = try Bench()
        let manifest = bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)])
        let first = try bench.perform(manifest)
        #expect(try bench.perform(manifest).manifest == first.manifest)
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let file = try bench.run(plate) { _ in Bench.negative }
        let run = try bench.perform(ImportRun(file: file, plate: plate))
        #expect(try bench.perform(ImportRun(file: file, plate: plate)).run == run.run)
        #expect(try bench.laboratory.status(as: Bench.technician).wells == 1)
    }

    @Test("OPS-2: a key that was used for another command is refused")
    func reused() throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]), key: "k1")
        let refusal = try bench.refusal(
            ReceiveBox(box: "B1", scans: nil, goodOnly: false), key: "k1")
        #expect(refusal?.code == .keyReused)
        #expect(try bench.laboratory.status(as: Bench.technician).tubesReceived == 0)
    }

    @Test("OPS-4: a trial tells what the import would, leaves nothing, and asks for the same right")
    func trial() throws {
        let bench = try Bench()
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let file = try bench.run(plate) { _ in Bench.negative }
        let command = ImportRun(file: file, plate: plate)
        let before = try bench.laboratory.store.audit()
        let trial = try bench.laboratory.foresee(command, as: Bench.technician, at: bench.now)
            .answer
        #expect(try bench.laboratory.store.audit() == before)
        #expect(throws: Refusal.self) {
            try bench.laboratory.evidence(of: plate, as: Bench.technician)
        }
        #expect(throws: Refusal.self) {
            try bench.laboratory.foresee(command, as: "plan.ner", at: bench.now)
        }
        let answer = try bench.perform(command)
        #expect(answer.samples == trial.samples && answer.notDetected == trial.notDetected)
        #expect(answer.isValid == trial.isValid && trial.samples == 1)
    }

    @Test("OPS-3: nobody does what their role may not, nor anybody who is unknown or retired")
    func rights() throws {
        let bench = try Bench()
        let manifest = bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)])
        #expect(try bench.refusal(manifest, as: "plan.ner")?.code == .notPermitted)
        #expect(try bench.refusal(manifest, as: "nobody")?.code == .notPermitted)
        #expect(try bench.refusal(manifest, as: Bench.administrator)?.code == .notPermitted)
        try bench.perform(RetirePerson(handle: "chen.jie"), as: Bench.administrator)
        #expect(try bench.refusal(manifest, as: "chen.jie")?.code == .notPermitted)
        #expect(try bench.laboratory.status(as: Bench.technician).tubes == 0)
    }

    @Test("REV-1, REV-2: whoever entered a run neither reviews nor releases it")
    func fourEyes() throws {
        let bench = try Bench()
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let file = try bench.run(plate) { _ in Bench.negative }
        try bench.perform(ImportRun(file: file, plate: plate), as: Bench.supervisor)
        let tube = Bench.barcode(1)

        #expect(try bench.refusal(Release(.tubes([tube])), as: Bench.colleague) != nil)
        #expect(try bench.refusal(ReviewRun(plate: plate), as: Bench.supervisor) != nil)
        #expect(try bench.refusal(RefuseRun(plate: plate), as: Bench.supervisor) != nil)
        #expect(try bench.refusal(ReviewRun(plate: plate), as: Bench.technician) != nil)
        try bench.perform(ReviewRun(plate: plate), as: Bench.colleague)
        #expect(try bench.refusal(Release(.tubes([tube])), as: Bench.supervisor) != nil)
        #expect(try bench.refusal(Release(.negatives), as: Bench.supervisor) != nil)
        #expect(try bench.perform(Release(.negatives), as: Bench.colleague).people == 1)
    }
}
