import Foundation
import LabDomain
import LabOperations
import Testing

@testable import LabWeb

@Suite("Papers as files")
struct PaperFilesTests {
    private func released() throws -> RunBench {
        let bench = try RunBench(isRepeatable: true)
        try bench.receive([("5:1", 3), ("1:1", 1)])
        let plate = try bench.test { _ in RunBench.negative }
        try bench.review(plate)
        try bench.perform(Release(.negatives), as: RunBench.supervisor)
        return bench
    }

    private func certificate(_ bench: RunBench, _ tube: Int) throws -> PrintedCertificate {
        let issued = try bench.perform(
            IssueCertificate(WebBench.barcode(tube)), as: RunBench.supervisor)
        return try bench.laboratory.certificate(issued.code, as: RunBench.supervisor)
    }

    @Test("WEB-176: a certificate names its reviewer in full, where the name is known")
    func reviewer() throws {
        let bench = try RunBench(isRepeatable: true)
        try bench.perform(
            AddPerson(handle: "second", role: .supervisor, name: "王芳芳"), as: "administrator")
        try bench.receive([("1:1", 1), ("1:1", 1)])
        let plate = try bench.test { _ in RunBench.negative }
        try bench.perform(ReviewRun(plate: plate), as: "second")
        try bench.perform(Release(.negatives), as: RunBench.supervisor)
        let printed = try certificate(bench, 1)
        #expect(printed.report.reviewedBy == "second" && printed.reviewer == "王芳芳")
        let html = String(
            decoding: try PaperFiles(.chinese).certificate(printed), as: UTF8.self)
        #expect(html.contains("王芳芳") && !html.contains("second"))
        // Without a name the handle stands there.
        #expect(try certificate(try released(), 2).reviewer == RunBench.supervisor)
    }

    @Test("CERT-10: a certificate stands alone and says all in either language")
    func whole() throws {
        let bench = try released()
        let printed = try certificate(bench, 2)
        for language in Language.allCases {
            let html = String(
                decoding: try PaperFiles(language).certificate(printed), as: UTF8.self)
            for text in [
                printed.code.description, printed.report.person.details.name,
                printed.report.specimen.tube.text, printed.report.laboratory.name,
            ] { #expect(html.contains(text), "\(text)") }
            let times = printed.report.times
            for instant in [times.collectedAt, times.receivedAt, times.releasedAt] {
                #expect(html.contains(times.zone.minuteText(instant)))
            }
            #expect(!html.contains(printed.report.person.details.document.number))
            #expect(!html.contains("⟦") && !html.contains("{{") && !html.contains("[["))
            #expect(!html.contains("src=") && !html.contains("href="))
            #expect(html.contains("@media print"))
        }
    }

    @Test(
        "CERT-11: a reader of squares finds the claim on the paper",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/zbarimg")))
    func square() throws {
        let printed = try certificate(try released(), 2)
        let square = try QRCode(printed.claim)
        // A portable bitmap, four dots a module, light around it.
        let scale = 4
        let side = square.size * scale
        var bitmap = Array("P1\n\(side) \(side)\n".utf8)
        for y in 0..<side {
            for x in 0..<side {
                let (row, column) = (
                    y / scale - QRCode.quietZone, x / scale - QRCode.quietZone
                )
                let isInside =
                    square.rows.indices.contains(row) && square.rows.indices.contains(column)
                bitmap.append(isInside && square.rows[row][column] ? 0x31 : 0x30)
                bitmap.append(0x20)
            }
            bitmap.append(0x0A)
        }
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("square-\(UUID().uuidString).pbm")
        try Data(bitmap).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/zbarimg")
        process.arguments = ["--quiet", "--raw", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = Pipe()
        try process.run()
        let said = String(
            decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(said.trimmingCharacters(in: .whitespacesAndNewlines) == printed.claim)
    }

    @Test("CERT-9: a unit's page shows what its file says, and markup in names is text")
    func feedback() throws {
        let bench = try released()
        let feedback = try bench.laboratory.feedback(
            of: "Unit 1", on: nil, as: RunBench.supervisor, at: bench.web.now)
        for language in Language.allCases {
            let html = String(
                decoding: try PaperFiles(language).feedback(feedback), as: UTF8.self)
            #expect(html.components(separatedBy: "<tr").count - 2 == feedback.rows.count)
            #expect(!html.contains("⟦") && html.contains("@media print"))
        }
    }
}
