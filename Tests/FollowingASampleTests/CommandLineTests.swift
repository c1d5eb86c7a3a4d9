import Foundation
import Testing

@Suite("The command line")
struct CommandLineTests {
    @Test("OPS-3: exit codes say what kind of trouble it is, and the words what to do")
    func exitCodes() throws {
        var program = try Program()
        defer { program.remove() }
        #expect(try program.run("status").status == 64)
        #expect(try program.run("status", "--as", "li.na").status == 66)
        try program.makeLaboratory()
        #expect(try program.run("init").status == 73)
        #expect(try program.run("trace", "nothing").status == 66)
        #expect(try program.run("review", "accept", "PL1").status == 77)
        #expect(try program.run("pool", "form").status == 1)
        try program.write("tube,kind\n", to: "bad.csv")
        let bad = try program.run("manifest", "register", "bad.csv")
        #expect(bad.status == 65)
        #expect(bad.errors.contains("->"))
        #expect(try program.run("manifest", "register", "missing.csv").status == 66)
        #expect(try program.run("status").status == 0)
    }

    @Test("SEC-6: a key file that others can read is refused with the remedy")
    func openKey() throws {
        var program = try Program()
        defer { program.remove() }
        try program.makeLaboratory()
        let key = program.folder.appendingPathComponent("lab.sqlite.key").path
        let mode = try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        let answer = try program.run("status")
        #expect(answer.status == 74)
        #expect(answer.errors.contains("chmod 600"))
    }

    @Test("COL-1: faulty lines come back as a file; the good tubes alone are taken when asked")
    func rejects() throws {
        var program = try Program()
        defer { program.remove() }
        try program.makeLaboratory()
        let invented = try program.run("manifest", "invent", "--tubes", "3", "--people", "5")
        var lines = invented.output.split(whereSeparator: \.isNewline).map(String.init)
        lines[3] = lines[3].replacingOccurrences(of: "5:1", with: "7:1")
        try program.write(lines.joined(separator: "\n"), to: "people.csv")
        let refused = try program.run(
            "manifest", "register", "people.csv", "--rejects", "rejects.csv")
        #expect(refused.status == 65)
        #expect(refused.errors.contains("line 4"))
        let taken = try program.run(
            "manifest", "register", "people.csv", "--good-rows-only", "--format", "json")
        #expect(taken.status == 0)
        let answer = try JSONSerialization.jsonObject(with: Data(taken.output.utf8))
        #expect((answer as? [String: Any])?["tubes"] as? Int == 2)
        let rejects = try String(
            contentsOf: program.folder.appendingPathComponent("rejects.csv"), encoding: .utf8)
        #expect(rejects.contains("what_to_do"))
        // The faulty line's tube comes whole, so that the mended file brings all five people.
        let tube = lines[3].split(separator: ",")[0]
        #expect(rejects.components(separatedBy: tube).count - 1 == 5)
        let again = try program.run("manifest", "check", "people.csv", "--rejects", "rejects.csv")
        #expect(again.status == 73)
    }

    @Test("ACC-3, ACC-4, ACC-5, ACT-3: the reception from the command line, slips included")
    func reception() throws {
        var program = try Program()
        defer { program.remove() }
        try program.makeLaboratory()
        let add = ["person", "add", "unit.one", "--role", "sending-unit", "--as", "admin"]
        #expect(try program.run(add).status == 1)
        #expect(try program.run(add + ["--unit", "A", "--site", "B"]).status == 64)
        #expect(try program.run(add + ["--unit", "A"]).status == 0)
        let assign = try program.run(
            "person", "assign", "unit.one", "--unit", "B", "--as", "admin")
        #expect(assign.output.contains("works for B"))
        let invented = try program.run("manifest", "invent", "--tubes", "2", "--people", "1")
        try program.write(invented.output, to: "people.csv")
        #expect(try program.run("manifest", "register", "people.csv").status == 0)
        let lines = invented.output.split(whereSeparator: \.isNewline)
        let tube = String(try #require(lines.last?.split(separator: ",").first))
        let received = try program.run("tube", "receive", tube)
        #expect(received.output.contains("1 of 2 received"), "\(received)")
        #expect(try program.run("tube", "receive", tube).status == 1)
        let box = try #require(received.output.split(separator: " ").first { $0.hasSuffix(":") })
        let close = ["box", "close", String(box.dropLast()), "--counted", "1"]
        #expect(try program.run(close).status == 1)
        #expect(try program.run(close + ["--with-missing"]).status == 0)
        #expect(try program.run("tube", "undo", tube).output.contains("it is expected"))
        #expect(try program.run("tube", "undo", tube).status == 1)
        let explain = try program.run(
            "clocks", "explain", "feedback", "B1", "--cause", "retests", "--as", "wang.fang")
        #expect(explain.status == 66)
        #expect(try program.run("clocks", "--open").status == 0)
        #expect(try program.run("audit", "--as", "wang.fang").status == 0)
    }

    @Test(
        "OPS-1: help stands behind every command",
        arguments: [
            [], ["init"], ["person"], ["person", "add"], ["programme"], ["manifest", "register"],
            ["box", "receive"], ["tube", "reject"],
            ["person", "assign"], ["box", "close"], ["tube", "receive"], ["tube", "undo"],
            ["clocks", "explain"], ["pool", "form"], ["plate", "lay-out"],
            ["plate", "worklist"], ["run", "import"], ["retest"], ["recollection"], ["review"],
            ["release"], ["report", "export"], ["feedback", "confirm"], ["status"], ["clocks"],
            ["task"], ["trace"], ["audit"], ["rehearse"], ["demo"], ["plan", "collection"],
        ])
    func help(_ command: [String]) throws {
        let program = try Program()
        defer { program.remove() }
        let answer = try program.run(command + ["--help"])
        #expect(answer.status == 0)
        #expect(answer.output.contains("OVERVIEW"))
    }

    @Test("SEC-5: two programs that make one laboratory do not destroy each other's")
    func twoAtOnce() throws {
        for _ in 0..<5 {
            let program = try Program()
            defer { program.remove() }
            let both = (0..<2).map { _ in program.process(["init", "--database", "q.sqlite"]) }
            for process in both {
                process.standardOutput = FileHandle.nullDevice
                process.standardError = FileHandle.nullDevice
                try process.run()
            }
            for process in both { process.waitUntilExit() }
            let codes = both.map(\.terminationStatus).sorted()
            #expect(codes[0] == 0 && [73, 75].contains(codes[1]), "\(codes)")
            let audit = try program.run("audit", "--database", "q.sqlite", "--as", "admin")
            #expect(audit.status == 0, "\(audit.errors)")
        }
    }

    @Test("SEC-5: an unfinished laboratory never costs another one its key")
    func unfinished() throws {
        let program = try Program()
        defer { program.remove() }
        try program.run("init", "--database", "a.sqlite")
        let key = program.folder.appendingPathComponent("a.sqlite.key")
        let before = try Data(contentsOf: key)
        try FileManager.default.moveItem(
            at: program.folder.appendingPathComponent("a.sqlite"),
            to: program.folder.appendingPathComponent("b.sqlite"))
        try program.write("", to: "a.sqlite.unfinished")
        #expect(try program.run("init", "--database", "a.sqlite").status == 73)
        #expect(try Data(contentsOf: key) == before)
    }
}
