import Foundation
import Testing

@Suite("Following a sample")
struct FollowingASampleTests {
    @Test(
        "OPS-1: the articles' commands run from top to bottom in an empty folder",
        arguments: ["following-a-sample", "choosing-pools"])
    func article(_ name: String) throws {
        let program = try Program()
        defer { program.remove() }
        let text = try String(
            contentsOf: Program.root.appendingPathComponent("docs/\(name).md"), encoding: .utf8)
        let blocks = text.components(separatedBy: "\n```sh\n").dropFirst()
            .compactMap { $0.components(separatedBy: "\n```").first }
        #expect(blocks.count >= 5)
        try program.write("set -e\n" + blocks.joined(separator: "\n"), to: "article.sh")
        let answer = try program.run(["article.sh"], path: "/bin/bash")
        #expect(answer.status == 0, "\(answer.output.suffix(1_000)) \(answer.errors.suffix(2_000))")
    }

    @Test(
        "CONS-1: the demo plays its day, ends sound and with nothing open, and starts clean again")
    func demo() throws {
        let program = try Program()
        defer { program.remove() }
        for _ in 0..<2 {
            let answer = try program.run("demo", "--directory", "day")
            #expect(answer.status == 0, "\(answer.errors)")
            #expect(answer.output.contains("chain whole, tables equal, conservation holds"))
            #expect(answer.output.contains("open work         0 tests, answers and calls"))
            #expect(answer.output.contains("INVALID"))
        }
        let reports = try FileManager.default.contentsOfDirectory(
            atPath: program.folder.appendingPathComponent("day/reports").path)
        #expect(reports.count > 1_100)
        #expect(reports.allSatisfy { $0.hasSuffix(".xml") })
        let refused = try program.run("demo", "--directory", ".")
        #expect(refused.status == 1)
    }

    @Test("SEND-14: a demo's day leaves for a folder, once")
    func sentDay() throws {
        var program = try Program()
        defer { program.remove() }
        let folder = program.folder.appendingPathComponent("sent").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let shipped = try program.run("receiver", "show", "--shipped").output
        try program.write(
            shipped.replacingOccurrences(
                of: "mllp: { host: 127.0.0.1, port: 2575 }", with: "folder: \(folder)"
            ).replacingOccurrences(
                of: "profile: PHLabReport-Ack", with: "profile: PHLabReport-NoAck"),
            to: "receiver.yaml")
        let day = try program.run("demo", "--directory", "day", "--receiver", "receiver.yaml")
        #expect(day.status == 0, "\(day.errors)")
        program.environment["SWABLINE_DATABASE"] = "day/laboratory.sqlite"
        program.environment["SWABLINE_AS"] = "wang.fang"
        #expect(try program.run("report", "send", "--as", "li.na").status == 77)
        let sent = try program.run("report", "send")
        #expect(sent.status == 0 && sent.output.contains(" 0 rejected"), "\(sent)")
        let exported = try FileManager.default.contentsOfDirectory(
            atPath: program.folder.appendingPathComponent("day/reports").path)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(files.count == exported.count && files.allSatisfy { $0.hasSuffix(".hl7") })
        #expect(try program.run("report", "list", "--state", "made").output == "No such message.\n")
        #expect(try program.run("report", "send").output.contains("0 accepted"))
        let status = try program.run("status").output
        #expect(status.contains("0 waiting, \(files.count) accepted, 0 rejected, 0 held"))
        let first = try #require(files.first)
        let check = try program.run("report", "check", folder + "/" + first)
        #expect(check.status == 0, "\(check.output)")
        #expect(try program.run("audit").status == 0)
    }

    @Test("STORE-7: the demo's database holds no name, number or telephone of a person in clear")
    func sealed() throws {
        let program = try Program()
        defer { program.remove() }
        try program.run("demo", "--directory", "day")
        let manifest = try String(
            contentsOf: program.folder.appendingPathComponent("day/manifests/ZS.csv"),
            encoding: .utf8)
        let rows = manifest.split(whereSeparator: \.isNewline)
            .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        var database = Data()
        for file in ["laboratory.sqlite", "laboratory.sqlite-wal"] {
            let url = program.folder.appendingPathComponent("day/\(file)")
            database.append((try? Data(contentsOf: url)) ?? Data())
        }
        let heading = try #require(rows.first).map(String.init)
        for column in ["name", "document_number", "telephone", "address"] {
            let index = try #require(heading.firstIndex(of: column))
            let cells = rows.dropFirst().compactMap { $0.count > index ? $0[index] : nil }
                .filter { $0.utf8.count >= 8 }
            #expect(!cells.isEmpty)
            for cell in cells.prefix(60) {
                #expect(database.range(of: Data(cell.utf8)) == nil, "a \(column) stands in clear")
            }
        }
    }

    @Test("STORE-1, CONS-1: killed at any moment, a registration is whole or absent")
    func killed() throws {
        var program = try Program()
        defer { program.remove() }
        try program.makeLaboratory()
        let invented = try program.run("manifest", "invent", "--tubes", "200", "--people", "10")
        try program.write(invented.output, to: "people.csv")
        var wasAbsent = 0
        for delay in stride(from: 0.01, through: 1.2, by: 0.08) {
            let before = try program.status("tubes")
            let process = program.process(["manifest", "register", "people.csv"])
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            Thread.sleep(forTimeInterval: delay)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let after = try program.status("tubes")
            #expect(after == 200 || after == before, "\(after) tubes after \(delay) s")
            if after == 0 { wasAbsent += 1 }
            if after == 200 { break }
        }
        #expect(wasAbsent > 0, "the first kills came too late to prove anything")
        let again = try program.run("manifest", "register", "people.csv")
        #expect(again.status == 0)
        #expect(try program.status("people") == 2_000)
        #expect(try program.run("audit", "--as", "wang.fang").status == 0)
    }
}

extension Program {
    /// One number of `swabline status --format json`.
    fileprivate func status(_ key: String) throws -> Int {
        let answer = try run("status", "--format", "json")
        let status = try JSONSerialization.jsonObject(with: Data(answer.output.utf8))
        return (status as? [String: Any])?[key] as? Int ?? -1
    }
}
