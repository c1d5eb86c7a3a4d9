import LabCurves
import ReferenceFiles
import Testing

@Suite("Published curves", .needs(reference: "curves/RAS002.csv"))
struct PublishedCurvesTests {
    @Test(
        "READ-7: curves that all people called alike are called so",
        arguments: [("RAS002", 190, 192), ("testdat", 24, 24), ("kbqPCR", 330, 337)])
    func unanimous(_ name: String, _ bar: Int, _ all: Int) throws {
        let told = try CurveSet(name).entries.filter { $0.unanimous == "y" || $0.unanimous == "n" }
        let right = told.count { CurveAnalysis(of: $0.curve).call.letter == $0.unanimous }
        #expect(told.count == all)
        #expect(right >= bar, "\(name): \(right) of \(all)")
    }

    @Test(
        "READ-7: where every curve amplifies, every curve is positive",
        arguments: [
            "boggy", "guescini1", "reps384", "C126EG595", "VIMCFX96_60", "vermeulen2", "karlen1",
        ])
    func amplified(_ name: String) throws {
        let told = try CurveSet(name).entries.filter { $0.most == "y" }
        #expect(!told.isEmpty)
        for entry in told {
            #expect(CurveAnalysis(of: entry.curve).call == .positive, "\(name) \(entry.id)")
        }
    }

    @Test("READ-7: of noisy curves that people disputed, hardly one they saw rise is lost")
    func noisy() throws {
        let entries = try CurveSet("htPCR_odd_plates").entries
        let calls = entries.map { CurveAnalysis(of: $0.curve).call }
        var lost = 0
        for (entry, call) in zip(entries, calls) where entry.most == "y" && call == .negative {
            lost += 1
        }
        #expect(lost == 0)
        for (entry, call) in zip(entries, calls) {
            if entry.unanimous == "y" { #expect(call == .positive, "\(entry.id)") }
            if entry.unanimous == "n" { #expect(call == .negative, "\(entry.id)") }
        }
    }

    @Test(
        "READ-8: what most people called ambiguous is never positive with high quality",
        arguments: [
            ("htPCR_odd_plates", 239), ("karlen1", 24), ("kbqPCR", 25), ("vermeulen2", 15),
            ("competimer", 2),
        ])
    func disputed(_ name: String, _ count: Int) throws {
        let told = try CurveSet(name).entries.filter { $0.most == "a" }
        #expect(told.count == count)
        for entry in told {
            let analysis = CurveAnalysis(of: entry.curve)
            #expect(!(analysis.call == .positive && analysis.isHighQuality), "\(name) \(entry.id)")
        }
    }

    @Test("READ-8: the quality of steep standards is high")
    func standards() throws {
        for name in ["vermeulen2", "guescini1", "testdat"] {
            for entry in try CurveSet(name).entries where entry.unanimous == "y" {
                #expect(CurveAnalysis(of: entry.curve).isHighQuality, "\(name) \(entry.id)")
            }
        }
    }

    @Test(
        "READ-6: the Cq lies within a cycle of the qpcR package's for 95 % of the curves",
        .needs(reference: "curves/independent_cq_and_decision.csv"))
    func independent() throws {
        let rows = try Reference.rows("curves/independent_cq_and_decision.csv").dropFirst()
            .filter { $0[1] == "y" && $0[0] != "stepone_std" }
        var found: [String: Double] = [:]
        for name in Set(rows.map { $0[0] }) {
            for entry in try CurveSet(name).entries {
                // The package writes names with dots where these files have other marks.
                found[key(name, entry.id)] = CurveAnalysis(of: entry.curve).cq
            }
        }
        let near = try rows.count { row in
            let theirs = try #require(Double(row[4]))
            return found[key(row[0], row[2])].map { abs($0 - theirs) <= 1 } ?? false
        }
        #expect(rows.count == 837)
        #expect(Double(near) >= 0.95 * Double(rows.count), "\(near) of \(rows.count)")
    }

    @Test("READ-6: standards in tenfold steps lie on a line, 3.3 to 3.7 cycles apart")
    func dilutions() throws {
        var cqs: [String: [(log: Double, cq: Double)]] = [:]
        let logs = ["150000": 0.0, "15000": 1, "1500": 2, "150": 3, "15": 4]
        for entry in try CurveSet("vermeulen2").entries {
            guard let mark = entry.id.range(of: ".STD_") else { continue }
            let dilution = entry.id[mark.upperBound...].prefix { $0.isNumber }
            guard let log = logs[String(dilution)] else { continue }
            let cq = try #require(CurveAnalysis(of: entry.curve).cq, "\(entry.id)")
            cqs[String(entry.id[..<mark.lowerBound]), default: []].append((log, cq))
        }
        let lines = cqs.values.map(line)
        #expect(lines.count >= 60)
        let slopes = lines.map(\.slope).sorted()
        #expect((3.3...3.7).contains(slopes[slopes.count / 2]), "\(slopes[slopes.count / 2])")
        let straight = lines.map(\.correlation).sorted()
        #expect(straight[straight.count / 10] > 0.99, "\(straight.prefix(8))")
    }

    private func key(_ set: String, _ id: String) -> String {
        set + "/" + id.filter { $0.isLetter || $0.isNumber }
    }

    private func line(
        _ points: [(log: Double, cq: Double)]
    ) -> (slope: Double, correlation: Double) {
        let count = Double(points.count)
        let meanX = points.reduce(0) { $0 + $1.log } / count
        let meanY = points.reduce(0) { $0 + $1.cq } / count
        let xx = points.reduce(0) { $0 + ($1.log - meanX) * ($1.log - meanX) }
        let yy = points.reduce(0) { $0 + ($1.cq - meanY) * ($1.cq - meanY) }
        let xy = points.reduce(0) { $0 + ($1.log - meanX) * ($1.cq - meanY) }
        return (xy / xx, xy / (xx * yy).squareRoot())
    }
}

extension String {
    /// Where some text stands first.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) {
                return start..<index(start, offsetBy: text.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
