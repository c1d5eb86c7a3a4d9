import LabDomain
import LabStatistics
import Testing

@Suite("Manifests with faults at random")
struct ManifestPropertyTests {
    /// A manifest as it was meant, with the lines that were spoiled afterwards.
    private struct Drawn {
        var rows: [ManifestRow] = []
        /// The true tube of each line.
        var tubes: [Int: String] = [:]
        var spoiled: Set<Int> = []
        /// Lines whose barcode was spoiled: nobody can tell any more to which tube they belong.
        var lost: Set<Int> = []
    }

    private static let spoilers: [(ManifestColumn, String)] = [
        (.tube, ""), (.tube, "T12"), (.tube, "6901234567890"), (.kind, "x"), (.kind, "20:1"),
        (.unit, " "), (.collectedAt, "soon"), (.collectedAt, "2031-01-01 00:00"),
        (.risk, "purple"), (.name, ""), (.name, "\u{1}"), (.documentType, "badge"),
        (.documentNumber, ""), (.documentNumber, "110105194912310020"), (.sex, "x"),
        (.birthDate, "2021-02-30"), (.telephone, "12"),
    ]
    private static let environmentSpoilers: [(ManifestColumn, String)] = [
        (.tube, "?"), (.kind, "x"), (.place, ""), (.name, "Ann"), (.collectedAt, ""), (.unit, ""),
    ]

    @Test(
        "COL-10: every faulty line is told, no tube with one comes through, no line is forgotten",
        arguments: 1...40)
    func accounts(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let drawn = try draw(using: &random)
        let checked = ManifestSamples.check(drawn.rows)
        let all = Set(drawn.rows.map(\.line))
        let faulty = Set(checked.faults.map(\.line))
        let whole = checked.tubes.flatMap(\.lines)

        #expect(drawn.spoiled.isSubset(of: faulty))
        #expect(Set(whole).count == whole.count)
        #expect(Set(checked.heldBack).count == checked.heldBack.count)
        #expect(Set(whole).isDisjoint(with: faulty))
        #expect(Set(checked.heldBack).isDisjoint(with: faulty))
        #expect(Set(whole).isDisjoint(with: checked.heldBack))
        #expect(Set(whole).union(checked.heldBack).union(faulty) == all)

        let spoiledTubes = Set(drawn.spoiled.subtracting(drawn.lost).compactMap { drawn.tubes[$0] })
        let lines = Dictionary(grouping: all.subtracting(drawn.lost)) { drawn.tubes[$0] ?? "" }
        let wanted = lines.filter { !spoiledTubes.contains($0.key) }.mapValues { $0.sorted() }
        let found = checked.tubes.map { ($0.id.text, $0.lines.sorted()) }
        #expect(Dictionary(uniqueKeysWithValues: found) == wanted)
        for tube in checked.tubes where tube.kind != .environmental {
            #expect(Set(tube.people.map(\.name)) == Set(tube.lines.map { "Person \($0)" }))
        }
    }

    /// Up to 40 tubes whose lines are dealt through the file, about one line in twelve spoiled.
    private func draw(using random: inout SeededGenerator) throws -> Drawn {
        var drawn = Drawn()
        var line = 2
        for tube in 0...random.index(below: 40) {
            let kind = ["1:1", "5:1", "10:1", "environment"][random.index(below: 4)]
            let capacity = ["5:1": 5, "10:1": 10][kind] ?? 1
            for _ in 0...random.index(below: capacity) {
                let isSpoiled = random.bernoulli(0.08)
                let isEnvironment = kind == "environment"
                let spoilers = isEnvironment ? Self.environmentSpoilers : Self.spoilers
                let spoiler = spoilers[random.index(below: spoilers.count)]
                var cells = isSpoiled ? [spoiler.0: spoiler.1] : [:]
                let isLost = cells[.tube] != nil
                if !isLost { cells[.tube] = ManifestSamples.barcode(tube) }
                if cells[.kind] == nil { cells[.kind] = kind }
                if isSpoiled { drawn.spoiled.insert(line) }
                if isLost { drawn.lost.insert(line) }
                drawn.tubes[line] = ManifestSamples.barcode(tube)
                drawn.rows.append(
                    isEnvironment
                        ? try ManifestSamples.environment(line, cells)
                        : try ManifestSamples.row(line, cells))
                line += 1
            }
        }
        // Lines keep their numbers, which no longer rise.
        drawn.rows.shuffle(using: &random)
        return drawn
    }
}
