import Foundation
import LabStatistics
import ReferenceFiles
import Testing

@testable import LabInstruments

/// Each reader against files that chance has damaged.
///
/// A second each; `SWABLINE_FUZZ_SECONDS` says how many else, and `SWABLINE_FUZZ_SEED` where to
/// begin. Nothing may crash, hang or refuse without a fault.
@Suite("Instruments' files: damaged by chance", .needs(reference: "rdml")) struct FuzzTests {
    static let files =
        VariationTests.texts + VariationTests.archives + [
            "rdml/linregpcr.rdml",
            "instrument-exports/lightcycler480/Nrd1_calibration_2019-02-02_raw.txt.gz",
        ]

    @Test("IMP-25: a damaged file is read or refused, whatever the damage", arguments: files)
    func damaged(_ file: String) throws {
        let environment = ProcessInfo.processInfo.environment
        let seconds = environment["SWABLINE_FUZZ_SECONDS"].flatMap(Double.init) ?? 0.5
        var seed = environment["SWABLINE_FUZZ_SEED"].flatMap(UInt64.init) ?? 1
        let original = try Reference.bytes(file)
        let parts = original.starts(with: [0x50, 0x4B]) ? try StoredZip(unpacking: original) : nil
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        let first = seed
        repeat {
            var random = SeededGenerator(seed: seed)
            var bytes = original
            if var parts, Bool.random(using: &random) {
                let entry = Int.random(in: parts.entries.indices, using: &random)
                damage(&parts.entries[entry].content, using: &random)
                bytes = parts.bytes
            } else {
                damage(&bytes, using: &random)
            }
            let begun = clock.now
            do {
                let read = try InstrumentFile.read(bytes)
                #expect(!read.wells.isEmpty, "seed \(seed)")
                let isSound = read.wells.allSatisfy { $0.cq.map { $0 >= 1 && $0 < 100 } ?? true }
                #expect(isSound, "seed \(seed)")
            } catch {
                #expect(!error.faults.isEmpty && !error.description.isEmpty, "seed \(seed)")
            }
            #expect(clock.now - begun < .seconds(20), "seed \(seed)")
            seed += 1
        } while clock.now < end
        #expect(seed > first)
    }

    /// Flips, drops, doubles or moves bytes, or writes numbers that are none.
    private func damage(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
        for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: bytes.indices, using: &random)
            let length = min(Int.random(in: 1...64, using: &random), bytes.count - at)
            switch Int.random(in: 0..<7, using: &random) {
            case 0: bytes[at] ^= UInt8.random(in: 1...255, using: &random)
            case 1: bytes.removeSubrange(at..<at + length)
            case 2: bytes.insert(contentsOf: bytes[at..<at + length], at: at)
            case 3: bytes.removeSubrange(at...)
            case 4:
                let to = Int.random(in: bytes.indices, using: &random)
                bytes.insert(contentsOf: Array(bytes[at..<at + length]), at: to)
            case 5:
                let words = [
                    "-1e999", "\"", "\t\t", "\r", "99999999999999999999", "<", "&#0;", "é",
                ]
                let word = words.randomElement(using: &random) ?? ""
                bytes.replaceSubrange(at..<at + length, with: Array(word.utf8))
            default:
                for index in at..<at + length {
                    bytes[index] = UInt8.random(in: 0...255, using: &random)
                }
            }
        }
    }
}
