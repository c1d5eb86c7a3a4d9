import Foundation
import LabDomain
import LabOperations
import LabStatistics
import LabStore
import Testing

/// Runs as instruments write them: results beside curves, and no word of the laboratory's plate.
@Suite("An instrument's own file")
struct InstrumentRunTests {
    static let dyes = ["ORF1ab": "FAM", "N": "VIC", "IC": "CY5"]

    /// A LightCycler-like table: a column map tells what its headings mean.
    static let map = """
        columns: {well: Pos, sample: Name, target: Target, cq: Cp}
        not-detected: [none]
        """

    private func bench() throws -> (Bench, PlateID) {
        let bench = try Bench()
        try bench.perform(
            bench.manifest((1...5).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        return (bench, try bench.perform(LayOutPlate(kit: .first)).plate)
    }

    /// The table of a plate: every well of the block, those that hold nothing too.
    private func table(
        _ bench: Bench, _ plate: PlateID, name: (String) -> String = { $0.lowercased() },
        cq: (String, String) -> String
    ) throws -> [UInt8] {
        let worklist = try bench.laboratory.worklist(of: plate, as: Bench.technician)
        var lines = ["Pos;Name;Target;Cp"]
        for well in PlateFormat.wells96.positions {
            let filled = worklist.wells.first { $0.well == well }
            for channel in worklist.channels {
                let value = filled.map { cq($0.code.isEmpty ? $0.content : $0.code, channel) }
                lines.append("\(well);\(filled?.code ?? "");\(name(channel));\(value ?? "none")")
            }
        }
        return Array(lines.joined(separator: "\n").utf8)
    }

    private func value(_ content: String, _ channel: String) -> String {
        if channel == "IC" { return "25" }
        return content.hasSuffix("positive") ? "30" : "none"
    }

    @Test(
        "READ-15: an instrument's file is fitted to its plate; empty wells are let be")
    func fitted() throws {
        let (bench, plate) = try bench()
        let file = try table(bench, plate, cq: value)
        let hints = InstrumentHints(map: (Self.map, "map.yaml"))
        #expect(
            try bench.refusal(ImportRun(file: file, plate: nil, hints: hints))?.code == .badData)
        let answer = try bench.perform(ImportRun(file: file, plate: plate, hints: hints))
        #expect(answer.isValid && answer.samples == 5 && answer.notDetected == 5)
        #expect(try bench.laboratory.evidence(of: plate, as: Bench.technician) == file)
        let kept = try bench.laboratory.store.read { try $0.evidence(of: plate) }
        #expect(kept != file)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("READ-15: a file of another layout is refused whole, and says which wells")
    func misfits() throws {
        let (bench, plate) = try bench()
        let hints = InstrumentHints(map: (Self.map, "map.yaml"))
        let good = String(decoding: try table(bench, plate, cq: value), as: UTF8.self)
        let worklist = try bench.laboratory.worklist(of: plate, as: Bench.technician)
        let codes = worklist.wells.map(\.code).filter { !$0.isEmpty }
        let (one, other) = (codes[0], codes[1])
        let swapped = good.replacing(one, with: "#").replacing(other, with: one)
            .replacing("#", with: other)
        let empty = try #require(good.split(separator: "\n").first { $0.hasPrefix("H12;") })
        let cases = [
            "other-well": swapped,
            "empty-well": good.replacing(empty, with: empty.replacing("none", with: "31")),
            "unknown-target": good.replacing("orf1ab", with: "S"),
            "not-read": good.split(separator: "\n").filter { !$0.hasPrefix("A1;") }
                .joined(separator: "\n"),
        ]
        for (code, text) in cases {
            let refusal = try bench.refusal(
                ImportRun(file: Array(text.utf8), plate: plate, hints: hints))
            #expect(refusal?.places.contains { $0.code == code } == true, "\(code)")
        }
        #expect(try bench.laboratory.plates(onlyUnread: true, as: Bench.technician).count == 1)
        #expect(throws: Refusal.self) {
            try bench.laboratory.evidence(of: plate, as: Bench.technician)
        }
    }

    @Test("READ-15: a tube of another plate refuses the file, and a control's name is told")
    func foreign() throws {
        let (bench, plate) = try bench()
        let hints = InstrumentHints(map: (Self.map, "map.yaml"))
        let good = String(decoding: try table(bench, plate, cq: value), as: UTF8.self)
        let worklist = try bench.laboratory.worklist(of: plate, as: Bench.technician)
        let codes = worklist.wells.map(\.code).filter { !$0.isEmpty }
        try bench.perform(bench.manifest([bench.row(tube: 9, kind: "1:1", person: 9)]))
        let other = try #require(
            bench.laboratory.store.read { try $0.tubesUnderWay() }.map(\.text)
                .first { !codes.contains($0) })
        let wrong = Array(good.replacing(codes[0], with: other).utf8)
        let refusal = try bench.refusal(ImportRun(file: wrong, plate: plate, hints: hints))
        #expect(refusal?.places.map(\.code) == ["other-plate"])
        let odd = Array(good.replacing(codes[0], with: "NTC").utf8)
        let answer = try bench.perform(ImportRun(file: odd, plate: plate, hints: hints))
        #expect(answer.warnings?.count == 1 && answer.notDetected == 5)
        let elsewhere = ImportRun(file: odd, plate: PlateID("PLNONE"), hints: hints)
        #expect(try bench.refusal(elsewhere)?.code == .rule)
    }

    @Test("READ-16: an RDML file is read with its curves; where they differ from it a person looks")
    func curves() throws {
        let (bench, plate) = try bench()
        let worklist = try bench.laboratory.worklist(of: plate, as: Bench.technician)
        let doubtful = try #require(worklist.wells.first { !$0.code.isEmpty })
        var run = RDMLRun(channels: worklist.channels.map { ($0, Self.dyes[$0] ?? $0) })
        for well in worklist.wells {
            let content = well.code.isEmpty ? well.content : well.code
            for channel in worklist.channels {
                let cq = Double(value(content, channel))
                // The instrument missed a curve that rises.
                let isMissed = well.well == doubtful.well && channel == "N"
                run.add(well.well, channel, cq: cq, midpoint: isMissed ? 27 : cq)
            }
        }
        let answer = try bench.perform(ImportRun(file: run.document, plate: plate))
        #expect(answer.isValid && answer.samples == 5)
        #expect(answer.looks?.map(\.well) == [doubtful.well])
        #expect(answer.looks?.first?.reasons == [.curveRises])
        #expect(answer.notDetected == 4)
    }

    @Test("READ-16: a file of curves alone is read by our own Cq, not as negative")
    func curvesAlone() throws {
        let (bench, plate) = try bench()
        let worklist = try bench.laboratory.worklist(of: plate, as: Bench.technician)
        let positive = try #require(worklist.wells.first { !$0.code.isEmpty })
        var run = RDMLRun(channels: worklist.channels.map { ($0, Self.dyes[$0] ?? $0) })
        for well in worklist.wells {
            let content = well.well == positive.well ? "positive" : well.content
            for channel in worklist.channels {
                run.add(well.well, channel, cq: nil, midpoint: Double(value(content, channel)))
            }
        }
        let answer = try bench.perform(ImportRun(file: run.document, plate: plate))
        #expect(answer.isValid && answer.detected == 1 && answer.notDetected == 4)
    }

    @Test("READ-17: a file that lost the result of a filled well is not imported")
    func lostResult() throws {
        let (bench, plate) = try bench()
        let worklist = try bench.laboratory.worklist(of: plate, as: Bench.technician)
        let lost = try #require(worklist.wells.first { !$0.code.isEmpty })
        func file(_ result: String) -> [UInt8] {
            var text = "Well,Fluor,Target,Sample,Cq,Note\n"
            for well in worklist.wells {
                let content = well.code.isEmpty ? well.content : well.code
                for channel in worklist.channels {
                    let isLost = well.well == lost.well && channel == "N"
                    let cq = isLost ? result : value(content, channel)
                    text += "\(well.well),FAM,\(channel),\(well.code),"
                    text += "\(cq == "none" ? "NaN" : cq),\n"
                }
            }
            // A well that holds nothing may have nothing.
            return Array((text + "H12,FAM,N,x,,\n").utf8)
        }
        let refusal = try bench.refusal(ImportRun(file: file(""), plate: plate))
        #expect(refusal?.places.map(\.code) == ["no-result"])
        #expect(refusal?.places.map(\.subject) == [lost.well.description])
        let answer = try bench.perform(ImportRun(file: file("NaN"), plate: plate))
        #expect(answer.isValid && answer.notDetected == 5)
    }

    @Test("READ-17: a well without the curve that the others have waits for a person")
    func lostCurve() throws {
        let (bench, plate) = try bench()
        let worklist = try bench.laboratory.worklist(of: plate, as: Bench.technician)
        let lost = try #require(worklist.wells.first { !$0.code.isEmpty })
        var run = RDMLRun(channels: worklist.channels.map { ($0, Self.dyes[$0] ?? $0) })
        for well in worklist.wells {
            let content = well.code.isEmpty ? well.content : well.code
            for channel in worklist.channels {
                let cq = Double(value(content, channel))
                let isLost = well.well == lost.well && channel == "N"
                run.add(well.well, channel, cq: cq, midpoint: cq, cycles: isLost ? 20 : 45)
            }
        }
        let answer = try bench.perform(ImportRun(file: run.document, plate: plate))
        #expect(answer.looks?.map(\.well) == [lost.well])
        #expect(answer.looks?.first?.reasons == [.ambiguousCurve])
    }
}

/// A small RDML document with invented curves.
struct RDMLRun {
    private let channels: [(name: String, dye: String)]
    private var reactions: [WellPosition: String] = [:]
    private var random = SeededGenerator(seed: 7)

    init(channels: [(String, String)]) { self.channels = channels }

    /// One target of one well: the instrument's Cq, and where the curve is half risen.
    mutating func add(
        _ well: WellPosition, _ target: String, cq: Double?, midpoint: Double?, cycles: Int = 45
    ) {
        var points = ""
        for cycle in 1...cycles {
            var value = 1 + 0.004 * Double.random(in: -1...1, using: &random)
            if let midpoint {
                value += 4 / (1 + exp(-(Double(cycle) - midpoint - 3) / 1.4))
            }
            points += "<adp><cyc>\(cycle)</cyc><fluor>\(value)</fluor></adp>"
        }
        let given = cq.map { "<cq>\($0)</cq>" } ?? ""
        reactions[well, default: ""] += "<data><tar id=\"\(target)\"/>\(given)\(points)</data>"
    }

    var document: [UInt8] {
        let dyes = channels.map { "<dye id=\"\($0.dye)\"/>" }.joined()
        let targets = channels.map {
            "<target id=\"\($0.name)\"><type>toi</type><dyeId id=\"\($0.dye)\"/></target>"
        }.joined()
        let reacts = reactions.sorted { $0.key < $1.key }.map { well, data -> String in
            let number = well.row * 12 + well.column + 1
            return "<react id=\"\(number)\"><sample id=\"s\"/>\(data)</react>"
        }.joined()
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <rdml version="1.1" xmlns="http://www.rdml.org"><sample id="s"><type>unkn</type>\
            </sample>\(dyes)\(targets)<experiment id="e"><run id="r"><pcrFormat><rows>8</rows>\
            <columns>12</columns><rowLabel>ABC</rowLabel><columnLabel>123</columnLabel>\
            </pcrFormat>\(reacts)</run></experiment></rdml>
            """
        return Array(text.utf8)
    }
}
