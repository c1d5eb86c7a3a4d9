import Foundation
import LabDomain
import LabOperations
import Testing

@testable import LabWeb

@Suite("Labels and sheets with bars")
struct PrintingTests {
    @Test("WEB-35: a reader reads every command and every label", .enabled(if: Reader.isHere))
    func readBack() async throws {
        let bench = try WebBench()
        try bench.receive(14)
        let tubes = (1...5).map(WebBench.barcode)
        let pool = try bench.perform(FormPools(.named([FormPools.Named(tubes: tubes)]))).pools[0]
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let browser = try await bench.browser(.technician)
        for (path, codes) in [
            ("/plates/\(plate)/labels", [plate.text, pool.pool.text]),
            ("/plates/\(plate)/labels?size=40x20", [plate.text, pool.pool.text]),
            ("/plates/\(plate)/worklist", [plate.text]),
            ("/labels?codes=\(tubes[0]),B1", [tubes[0], "B1"]),
            ("/commands", CommandCode.allCases.map(\.code)),
        ] {
            let page = try await browser.get(path).body
            let drawn = page.matches(of: #/viewBox="0 0 (\d+) 1"[^>]*><path d="([^"]*)"/#)
            let read = try drawn.map { try Reader.read($0.2, width: Int($0.1) ?? 0) }
            #expect(read == codes, "\(path)")
        }
    }

    @Test("WEB-35: what cannot be bars is refused, each fault by its name")
    func faults() {
        #expect(throws: Code128.Fault.empty) { try Code128("") }
        #expect(throws: Code128.Fault.character) { try Code128("A\nB") }
        #expect(throws: Code128.Fault.character) { try Code128("池") }
        #expect(throws: Code128.Fault.tooLong(most: 30)) {
            try Code128(String(repeating: "A", count: 31))
        }
    }

    @Test("WEB-35: Code 128 has 11 modules for each symbol, and two more at its end")
    func modules() throws {
        // Start, five letters, check and stop: ISO/IEC 15417, 4.2.
        let bars = try Code128("SWABX")
        #expect(bars.modules.count == 11 * 8 + 2)
        #expect(bars.modules.first == true && bars.modules.last == true)
        // Pairs of digits take one symbol.
        #expect(try Code128("12345678").modules.count == 11 * 7 + 2)
    }

    @Test("WEB-36: only what the laboratory knows becomes a label, and a refusal repeats nothing")
    func known() async throws {
        let bench = try WebBench()
        try bench.receive(1)
        let browser = try await bench.browser(.technician)
        let number = "110101199003077774"
        for query in [number, "\(WebBench.barcode(1)),\(number)", "%3Cscript%3E", "A%0AB*"] {
            let seen = try await browser.get("/labels?codes=" + query)
            #expect(seen.status == 409)
            #expect(!seen.body.contains(number) && !seen.body.contains("<script>"))
            #expect(!seen.body.contains("class=\"label\""))
        }
        let small = WebBench.barcode(1).lowercased()
        #expect(try await browser.get("/labels?codes=" + small).status == 200)
        let many = Array(repeating: WebBench.barcode(1), count: 201).joined(separator: "%20")
        #expect(try await browser.get("/labels?codes=" + many).status == 409)
    }

    @Test("WEB-37: no text of a label begins a command of the printer")
    func escapes() throws {
        for byte in UInt8(0)...127 {
            let text = ZPL.field(String(Unicode.Scalar(byte)))
            #expect(!text.contains { "^~".contains($0) || $0.isNewline })
        }
        #expect(ZPL.field("^XZ~JA\\5") == "\\5EXZ\\7EJA\\5C5")
        #expect(ZPL.field("池") == "\\E6\\B1\\A0")
    }

    @Test("WEB-37: a plate's labels for a printer are whole, one after another")
    func zpl() async throws {
        let bench = try WebBench()
        try bench.receive(3)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let browser = try await bench.browser(.technician)
        let seen = try await browser.get("/plates/\(plate)/labels.zpl")
        #expect(seen.body.hasPrefix("^XA^CI28^PW400^LL200") && seen.body.hasSuffix("^XZ\n"))
        #expect(seen.body.occurrences(of: "^FD\(plate)^FS") == 2)
        #expect(seen.headers[.contentDisposition] == "attachment; filename=\"\(plate).zpl\"")
    }

    @Test("WEB-38: every command has a barcode of its own, read in any case")
    func commands() throws {
        let codes = CommandCode.allCases.map(\.code)
        #expect(Set(codes).count == 3 + RejectReason.allCases.count)
        for command in CommandCode.allCases {
            // What the page makes of a scan before it looks for a command.
            #expect(normalised(command.code.lowercased()) == command.code)
            let english = try Catalogue(.english).text(command.key)
            let chinese = try Catalogue(.chinese).text(command.key)
            #expect(english != nil && chinese != nil && english != chinese)
        }
    }

    @Test("WEB-38: the sheet of commands has each word in both languages")
    func sheet() async throws {
        let browser = try await WebBench().browser(.technician)
        let page = try await browser.get("/commands").body
        for language in Language.allCases {
            let words = try Catalogue(language)
            for command in CommandCode.allCases {
                #expect(page.contains(escaped(words.say(command.key))))
            }
        }
    }
}

/// A reader of barcodes that is not ours: `zbarimg` of the package zbar-tools.
enum Reader {
    private static let program = "/usr/bin/zbarimg"

    /// Whether the test may run: the reader is here, or `CI=true` says that it must be.
    static var isHere: Bool {
        FileManager.default.isExecutableFile(atPath: program)
            || ProcessInfo.processInfo.environment["CI"] == "true"
    }

    /// The text that a scanner reads off bars in SVG, drawn four dots to the module.
    static func read(_ path: Substring, width: Int) throws -> String {
        var row = [UInt8](repeating: 255, count: width * 4)
        for bar in path.matches(of: #/M(\d+) 0h(\d+)v1h-(\d+)z/#) {
            let start = Int(bar.1) ?? 0
            let length = Int(bar.2) ?? 0
            for dot in start * 4..<(start + length) * 4 { row[dot] = 0 }
        }
        let picture = FileManager.default.temporaryDirectory
            .appendingPathComponent("bars-\(UUID().uuidString).pgm")
        defer { try? FileManager.default.removeItem(at: picture) }
        var bytes = Data("P5\n\(row.count) 80\n255\n".utf8)
        for _ in 0..<80 { bytes += Data(row) }
        try bytes.write(to: picture)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = [
            "--quiet", "--raw", "--nodbus", "-Sdisable", "-Scode128.enable",
            picture.path,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let read = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: read, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
}
