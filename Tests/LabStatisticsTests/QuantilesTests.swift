import LabStatistics
import Testing

@Suite("Quantiles")
struct QuantilesTests {
    @Test("STAT-19: quantiles are interpolated between ordered values, as statistical packages do")
    func known() throws {
        let quantiles = Quantiles(of: [7, 1, 3, 9])
        // quantile(c(7, 1, 3, 9), type = 7) of R.
        #expect(quantiles(0) == 1 && quantiles(1) == 9)
        #expect(quantiles(0.5) == 5)
        #expect(abs(try #require(quantiles(0.9)) - 8.4) < 1e-12)
        #expect(quantiles(1.0 / 3) == 3)
        #expect(Quantiles(of: [4])(0.3) == 4)
        #expect(Quantiles(of: [])(0.5) == nil && quantiles(1.5) == nil)
        #expect(quantiles.share(within: 6.9) == 0.5 && quantiles.share(within: 7) == 0.75)
        #expect(quantiles.share(within: 0) == 0 && Quantiles(of: []).share(within: 1) == nil)
    }

    @Test("STAT-19: selected quantiles are those of ordered values", arguments: 1...60)
    func selected(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Few different values, many, or values in order already: what selection is slow at.
        let kinds = Int.random(in: 1...1_000, using: &random)
        var values = (0..<Int.random(in: 0...700, using: &random)).map { _ in
            Double(Int.random(in: -kinds...kinds, using: &random)) / 7
        }
        if seed.isMultiple(of: 3) { values.sort() }
        if seed.isMultiple(of: 5) { values.sort(by: >) }
        let quantiles = Quantiles(of: values)
        var selected = SelectedQuantiles(of: values)
        for share in [0, 0.1, 0.5, 0.5, 0.9, 0.95, 1, 0.2] {
            #expect(selected.next(share) == quantiles(share), "seed \(seed), share \(share)")
        }
        for place in [values.count / 2, 0, values.count - 1, values.count] {
            let ordered = quantiles.ordered
            let expected = ordered.indices.contains(place) ? ordered[place] : nil
            #expect(selected.value(at: place) == expected, "seed \(seed), place \(place)")
        }
    }

    @Test("STAT-19: a quantile rises with its share and stays among the values", arguments: 1...20)
    func bounds(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let values = (0..<Int.random(in: 1...200, using: &random)).map { _ in
            Double.random(in: -5...50, using: &random)
        }
        let quantiles = Quantiles(of: values)
        let shares = (0...50).map { Double($0) / 50 }
        let found = shares.compactMap { quantiles($0) }
        #expect(found.count == shares.count && found == found.sorted(), "seed \(seed)")
        #expect(found.first == values.min() && found.last == values.max(), "seed \(seed)")
    }
}
