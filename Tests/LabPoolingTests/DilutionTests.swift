import Glibc
import LabPooling
import ReferenceFiles
import Testing

@Suite("Dilution of a positive in a pool")
struct DilutionTests {
    private static let table = "pooling/dilution.csv"
    private static let cqs = "campaigns/ghent_positive_cq_384_a.csv"

    @Test("DIL-1: k equal aliquots with j positives come log2(k/j) cycles later")
    func laboratoryPool() throws {
        for (size, shift) in [(1, 0), (2, 1), (5, 2.321_928), (10, 3.321_928), (20, 4.321_928)] {
            let found = try PoolKind.laboratoryPool.ctShift(size: size)
            #expect(abs(found - shift) < 1e-6)
        }
        #expect(try PoolKind.laboratoryPool.ctShift(size: 8, positives: 4) == 1)
        #expect(try PoolKind.laboratoryPool.ctShift(size: 8, positives: 8) == 0)
    }

    @Test("DIL-2: a mixed tube dilutes by its volume against a single tube, not by its people")
    func mixedTube() throws {
        let kind = PoolKind.mixedTube()
        for (size, shift) in [(1, 0), (5, 0.736_966), (10, 1), (20, 2)] {
            #expect(abs(try kind.ctShift(size: size) - shift) < 1e-6)
        }
        #expect(try kind.ctShift(size: 7) == 1, "Seven swabs go in the tube for ten.")
        #expect(try kind.ctShift(size: 10, positives: 2) == 0)
        #expect(try kind.ctShift(size: 10, positives: 4) == -1)
        #expect(throws: PoolingFault.range(field: "swabs in a mixed tube", from: 1, to: 20)) {
            try kind.ctShift(size: 21)
        }
        let own = try TubeVolumes([
            .init(places: 3, millilitres: 8), .init(places: 1, millilitres: 2),
        ])
        #expect(try PoolKind.mixedTube(own).ctShift(size: 2) == 2)
    }

    @Test("DIL-2: tube volumes without a single tube, without a volume or given twice are refused")
    func volumes() {
        let (one, none) = (TubeVolumes.Tube(places: 1, millilitres: 3), [TubeVolumes.Tube]())
        for tubes in [
            none, [.init(places: 5, millilitres: 5)], [one, .init(places: 5, millilitres: 0)],
            [one, .init(places: 5, millilitres: .nan)], [one, one],
        ] {
            #expect(throws: PoolingFault.self) { try TubeVolumes(tubes) }
        }
    }

    @Test(
        "DIL-3: the Ct model keeps the share of real Cqs that a count of our own keeps",
        .needs(reference: cqs))
    func cqsOfOthers() throws {
        let cqs = try Reference.rows(Self.cqs).dropFirst().compactMap { Double($0[5]) }
        #expect(cqs.count == 821)
        for cutoff in [30.0, 35, 37, 40] {
            let model = Dilution.cts(try CtDistribution(cts: cqs, cutoff: cutoff))
            for size in [1, 2, 3, 5, 8, 10, 20, 50] {
                for positives in Set([1, (size + 1) / 2, size]) {
                    let late = cqs.count {
                        $0 <= cutoff && $0 > cutoff - log2(Double(size) / Double(positives))
                    }
                    let all = cqs.count { $0 <= cutoff }
                    let kept = try model.kept(size: size, positives: positives, in: .laboratoryPool)
                    #expect(abs(kept - 1 + Double(late) / Double(all)) < 1e-12)
                }
            }
            // A 20:1 mixed tube is diluted as far as a laboratory pool of 4.
            #expect(
                try model.kept(size: 20, in: .mixedTube())
                    == model.kept(size: 4, in: .laboratoryPool))
        }
    }

    @Test(
        "DIL-3: the published table of 804 Cts has the shape that the Ct model gives",
        .needs(reference: table))
    func tableOfCts() throws {
        var before: [String: (size: Int, share: Double)] = [:]
        for row in try Reference.rows(Self.table) where row[0] == "ct_shift" {
            let (size, shift) = (try #require(Int(row[2])), try #require(Double(row[4])))
            let (share, count) = (try #require(Double(row[5])), try #require(Double(row[7])))
            #expect(abs(try PoolKind.laboratoryPool.ctShift(size: size) - shift) < 1e-6)
            // A count that gives this share, laid out as Cts, gives it back through the model.
            let kept = Int((share * count).rounded())
            #expect(abs(Double(kept) / count - share) < 1e-6)
            let cts =
                [Double](repeating: 29.999_999 - shift, count: kept)
                + [Double](repeating: 30 - shift / 2, count: Int(count) - kept)
            let model = Dilution.cts(try CtDistribution(cts: cts + [31, 40], cutoff: 30))
            let found = try model.detection(size: size, in: .laboratoryPool)
            #expect(abs(found - share) < 1e-6)
            if let last = before[row[1]], last.size < size { #expect(share <= last.share) }
            before[row[1]] = (size, share)
        }
        #expect(before.count >= 4)
    }

    @Test("DIL-3: the Ct model only speaks of Cts that single tests find")
    func borders() throws {
        let distribution = try CtDistribution(cts: [35, 20, 40.5, 34], cutoff: 35)
        #expect(distribution.count == 3)
        let model = Dilution.cts(distribution)
        #expect(try model.detection(size: 1, in: .laboratoryPool) == 1)
        #expect(try model.detection(size: 2, in: .laboratoryPool) == 2.0 / 3)
        #expect(try model.detection(size: 10, positives: 9, in: .mixedTube()) == 1)
        #expect(throws: PoolingFault.self) { try CtDistribution(cts: [36], cutoff: 35) }
        #expect(throws: PoolingFault.self) { try CtDistribution(cts: [.nan], cutoff: 35) }
        #expect(throws: PoolingFault.self) { try CtDistribution(cts: [30], cutoff: .infinity) }
    }

    @Test(
        "DIL-6: Hwang's power law gives every value of the reference table",
        .needs(reference: table))
    func hwang() throws {
        var rows = 0
        for row in try Reference.rows(Self.table) where row[0] == "hwang1976" {
            let numbers = row[1].split { $0 == "=" || $0 == ";" }.compactMap { Double($0) }
            let (p, d) = (try #require(numbers.first), try #require(numbers.last))
            let model = Dilution.hwang(try Hwang(prevalence: p, index: d))
            let (size, expected) = (try #require(Int(row[2])), try #require(Double(row[5])))
            #expect(abs(try model.detection(size: size, in: .laboratoryPool) - expected) < 1e-6)
            #expect(abs(try model.kept(size: size, in: .mixedTube()) - expected) < 1e-6)
            rows += 1
        }
        #expect(rows >= 40)
        // d = 0 is no dilution; a vanishing prevalence leaves k^-d.
        let none = Dilution.hwang(try Hwang(prevalence: 0.1, index: 0))
        #expect(try none.detection(size: 30, in: .laboratoryPool) == 1)
        let full = Dilution.hwang(try Hwang(prevalence: 0, index: 1))
        #expect(try full.detection(size: 8, in: .laboratoryPool) == 0.125)
        #expect(throws: PoolingFault.self) { try Hwang(prevalence: 0.1, index: 1.1) }
    }

    @Test("DIL-7: a validation is read in log2 of the size, and never beyond its largest")
    func validation() throws {
        // Sizes 5 and 10 of a published laboratory; size 32 found more than 10, which may be.
        let sizes = try ValidatedSizes(
            kind: .laboratoryPool, shares: [5: 0.93, 10: 0.91, 32: 0.95])
        let model = Dilution.validation(sizes)
        for (size, share) in [(1, 1.0), (5, 0.93), (10, 0.91), (32, 0.95)] {
            #expect(try model.kept(size: size, in: .laboratoryPool) == share)
        }
        let between = 1 - 0.07 / log2(5)
        #expect(abs(try model.kept(size: 2, in: .laboratoryPool) - between) < 1e-12)
        #expect(throws: PoolingFault.beyond("pools of 33 exceed the largest validated size, 32")) {
            try model.kept(size: 33, in: .laboratoryPool)
        }
        #expect(throws: PoolingFault.self) { try model.kept(size: 5, in: .mixedTube()) }
        #expect(throws: PoolingFault.self) {
            try ValidatedSizes(kind: .laboratoryPool, shares: [:])
        }
        for wrong in [[5: 1.1], [0: 0.5, 5: 0.9], [1: 0.9, 5: 0.9], [5: .nan]] {
            #expect(throws: PoolingFault.self) {
                try ValidatedSizes(kind: .laboratoryPool, shares: wrong)
            }
        }
    }

    @Test("DIL-8: a pool has at least one member and no more positives than members")
    func sizes() throws {
        for (size, positives) in [(0, 1), (5, 0), (5, 6)] {
            #expect(throws: PoolingFault.self) {
                try Dilution.none.detection(size: size, positives: positives, in: .laboratoryPool)
            }
        }
        #expect(try Dilution.none.kept(size: 50, positives: 3, in: .laboratoryPool) == 1)
    }
}
