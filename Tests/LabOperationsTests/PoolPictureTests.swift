import LabDomain
import LabOperations
import LabPooling
import Testing

@Suite("What is known of a pool's tubes")
struct PoolPictureTests {
    private func picture(_ staged: StagedBench) throws -> PoolPicture {
        try staged.bench.laboratory.picture(
            of: staged.pool, as: Bench.technician)
    }

    @Test("DEC-6: stage by stage each tube has its outcome and its chance of being positive")
    func stages() throws {
        let staged = try StagedBench(tubes: 10, scheme: "10>5>1")
        let untested = try picture(staged)
        #expect(untested.members.allSatisfy { $0.outcome == nil && $0.waitsFor != nil })
        #expect(untested.members.allSatisfy { abs($0.posterior - untested.prior) < 1e-12 })

        try staged.test(found: [staged.pool.text])
        let first = try picture(staged)
        #expect(first.members.allSatisfy { $0.outcome == .awaitingRetest })
        // Bayes by hand: p Se / (Se − (Se + Sp − 1)(1 − p)^10), Se diluted to 0.908.
        let (p, se, sp) = (first.prior, 0.99 * 0.908, 0.995)
        let clear = (0..<10).reduce(1.0) { product, _ in product * (1 - p) }
        let expected = p * se / (se - (se + sp - 1) * clear)
        #expect(first.members.allSatisfy { abs($0.posterior - expected) < 1e-12 })

        let fives = try staged.parts(of: staged.pool)
        try staged.test(found: [fives[0].text])
        let second = try picture(staged)
        #expect(second.members.prefix(5).allSatisfy { $0.outcome == .awaitingRetest })
        #expect(second.members.suffix(5).allSatisfy { $0.outcome == .negative })
        #expect(second.members[0].posterior > 5 * second.members[9].posterior)

        let found = second.members[2].tube
        try staged.test(found: [found.text])
        try staged.bench.test(.second) { $0 == found.text ? Bench.positive : Bench.negative }
        let last = try picture(staged)
        #expect(last.members[2].outcome == .positive && last.members[2].posterior > 0.99)
        #expect(
            last.members.enumerated().allSatisfy {
                $0.offset == 2 || $0.element.outcome == .negative
            })
        let ofPart = try staged.bench.laboratory.picture(
            of: fives[1], as: Bench.technician)
        #expect(ofPart.pool == staged.pool)
    }

    @Test("DEC-6: tubes of a pool that nobody explains are discordant")
    func discordant() throws {
        let staged = try StagedBench(tubes: 4, scheme: "5>1")
        try staged.test(found: [staged.pool.text])
        try staged.test()
        let picture = try picture(staged)
        #expect(picture.state == .unconfirmed)
        #expect(picture.members.allSatisfy { $0.outcome == .discordant && $0.waitsFor == nil })
        #expect(throws: Refusal.self) {
            try staged.bench.laboratory.picture(
                of: PoolID("LP0"), as: Bench.technician)
        }
    }
}
