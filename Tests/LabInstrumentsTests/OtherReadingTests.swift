import Foundation
import LabDomain
import ReferenceFiles
import Testing

@testable import LabInstruments

@Suite("Instruments' files: another program's reading", .needs(reference: "instrument-exports/abi"))
struct OtherReadingTests {
    static let files = [
        ("abi/quantstudio_example01", "txt"), ("abi/quantstudio_example02", "txt"),
        ("abi/quantstudio_example04", "txt"), ("abi/quantstudio_example08_crt", "xlsx"),
        ("abi/quantstudio_minimal_missing_results", "txt"),
        ("abi/diomni_4.3_presence_absence", "xlsx"), ("cfx/cfxmaestro_example01", "csv"),
    ]

    @Test(
        "IMP-15: each well and target has the Cq and the sample that another program read",
        arguments: files)
    func agrees(_ name: String, _ ending: String) throws {
        let file = try InstrumentFile.read(
            try Reference.bytes("instrument-exports/\(name).\(ending)"))
        let json = try JSONSerialization.jsonObject(
            with: Data(try Reference.bytes("instrument-exports/\(name).json")))
        var others: [Measurement] = []
        Self.collect(json, into: &others)
        // That program leaves out results of wells that were not set up; ours warns.
        #expect(others.count >= file.wells.count || !file.warnings.isEmpty)
        var compared = 0
        for other in others {
            // Where a file names no target, ours is the dye and theirs a stand-in.
            let found = file.wells.filter {
                $0.well == other.well && ($0.target == other.target || $0.dye == other.dye)
            }
            guard let reading = found.first(where: { $0.target == other.target }) ?? found.first
            else {
                #expect(other.cq == nil, "\(name) \(other)")
                continue
            }
            // That program's numbers have been through a sum or two.
            #expect((reading.cq == nil) == (other.cq == nil), "\(name) \(other)")
            #expect(abs((reading.cq ?? 0) - (other.cq ?? 0)) < 1e-12, "\(name) \(other)")
            if let sample = reading.sample { #expect(sample == other.sample) }
            compared += 1
        }
        #expect(compared == min(others.count, file.wells.count))
    }

    struct Measurement {
        var well: WellPosition
        var target: String
        var dye: String?
        var sample: String?
        var cq: Double?
    }

    /// Every "measurement document" with a well, wherever it stands.
    static func collect(_ json: Any, into found: inout [Measurement]) {
        if let list = json as? [Any] {
            for item in list { collect(item, into: &found) }
        } else if let object = json as? [String: Any] {
            if let sample = object["sample document"] as? [String: Any],
                let place = (sample["well location identifier"] ?? sample["location identifier"])
                    as? String, let well = WellPosition(text: place)
            {
                let control =
                    ((object["device control aggregate document"] as? [String: Any])?[
                        "device control document"] as? [[String: Any]])?.first
                found.append(
                    Measurement(
                        well: well, target: object["target DNA description"] as? String ?? "",
                        dye: control?["reporter dye setting"] as? String,
                        sample: sample["sample identifier"] as? String, cq: cq(in: object)))
            } else {
                for value in object.values { collect(value, into: &found) }
            }
        }
    }

    private static func cq(in json: Any) -> Double? {
        if let list = json as? [Any] { return list.lazy.compactMap(cq).first }
        guard let object = json as? [String: Any] else { return nil }
        if let result = object["cycle threshold result (qPCR)"] as? [String: Any]
            ?? object["cycle threshold result"] as? [String: Any]
        {
            return result["value"] as? Double
        }
        return object.values.lazy.compactMap(cq).first
    }
}
