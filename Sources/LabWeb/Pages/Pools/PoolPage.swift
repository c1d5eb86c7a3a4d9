internal import LabDomain
internal import LabOperations
internal import LabPooling

/// What is known of a pool and of each of its tubes.
struct PoolPage: Hashable, Sendable {
    struct Read: Hashable, Sendable {
        let of: String
        let verdict: String
        let tone: String
        let sign: String
        let kit: String?
    }

    struct Member: Hashable, Sendable {
        let number: Int
        let tube: String
        let tracePath: String?
        let part: String?
        let outcome: String
        let tone: String
        let reads: [Read]
        let posterior: String
        let waits: String?
    }

    /// A list to pipette by: the pool, or each smaller pool that is tested now.
    struct List: Hashable, Sendable {
        let pool: String
        let tubes: [Member]
        let count: String
    }

    struct Part: Hashable, Sendable {
        let pool: String
        let state: String
        let tone: String
        let tubes: String
        let reads: [Read]
    }

    let pool: String
    let risk: String
    let scheme: String
    let state: String
    let tone: String
    let formed: String
    let prior: String
    let tubes: Int
    let reads: [Read]
    let hasReads: Bool
    let members: [Member]
    let hasParts: Bool
    let parts: [Part]
    let next: String
    let lists: [List]
    let aliquot: Int

    /// A pool's picture in words.
    init(_ picture: PoolPicture, for visit: Visit) {
        let words = visit.words
        pool = picture.pool.text
        risk = words.word("risk", picture.risk)
        scheme = picture.scheme?.description ?? "1"
        state = words.word("poolState", picture.state)
        tone = picture.state.tone
        formed = visit.time(picture.formedAt)
        prior = Figures.percent(picture.prior)
        tubes = picture.members.count
        aliquot = picture.aliquot
        let readings = Dictionary(grouping: picture.readings, by: \.of).mapValues {
            $0.map { Read($0, words) }
        }
        reads = readings[picture.pool.text] ?? []
        hasReads = !reads.isEmpty
        // A tube stands in the smallest of its pools.
        var part: [TubeID: PoolID] = [:]
        for own in picture.parts { for tube in own.tubes { part[tube] = own.pool } }
        let members = picture.members.enumerated().map { place, member in
            Member(
                member, number: place + 1, part: part[member.tube]?.text,
                reads: readings[member.tube.text] ?? [], for: visit)
        }
        self.members = members
        hasParts = !picture.parts.isEmpty
        parts = picture.parts.map { own in
            Part(
                pool: own.pool.text, state: words.word("poolState", own.state),
                tone: own.state.tone, tubes: words.count("pools.tubes", own.tubes.count),
                reads: readings[own.pool.text] ?? [])
        }
        next = Self.next(picture, words)
        let open = picture.parts.filter { $0.state == .open }
        lists =
            open.isEmpty
            ? [
                List(
                    pool: picture.pool.text, tubes: members,
                    count: words.count("pools.tubes", members.count))
            ]
            : open.map { own in
                let tubes = Set(own.tubes.map(\.text))
                return List(
                    pool: own.pool.text, tubes: members.filter { tubes.contains($0.tube) },
                    count: words.count("pools.tubes", tubes.count))
            }
    }

    /// What waits now: the pool's own test, smaller pools, or tubes.
    private static func next(_ picture: PoolPicture, _ words: Catalogue) -> String {
        let waiting = Set(picture.members.compactMap(\.waitsFor))
        if waiting.isEmpty { return words.say("pool.next.nothing") }
        if waiting == [picture.pool.text] { return words.say("pool.next.own") }
        let pools = Set(picture.parts.map(\.pool.text)).intersection(waiting)
        let tubes = waiting.subtracting(pools).subtracting([picture.pool.text])
        return [
            pools.isEmpty ? nil : words.count("pool.next.parts", pools.count),
            tubes.isEmpty ? nil : words.count("pool.next.tubes", tubes.count),
        ].compactMap(\.self).joined(separator: " ")
    }
}

extension PoolPage.Read {
    fileprivate init(_ reading: PoolPicture.Reading, _ words: Catalogue) {
        self.init(
            of: reading.of, verdict: words.word("verdict", reading.verdict),
            tone: reading.verdict.tone, sign: reading.verdict.sign,
            kit: reading.kit == .second ? words.word("kit", reading.kit) : nil)
    }
}

extension PoolPage.Member {
    fileprivate init(
        _ member: PoolPicture.Member, number: Int, part: String?, reads: [PoolPage.Read],
        for visit: Visit
    ) {
        let words = visit.words
        self.init(
            number: number, tube: member.tube.text,
            tracePath: visit.may(.trace) ? "/trace/" + encoded(member.tube.text) : nil,
            part: part,
            outcome: member.outcome.map { words.word("memberOutcome", $0) }
                ?? words.say("memberOutcome.none"),
            tone: member.outcome?.tone ?? "", reads: reads,
            posterior: Figures.chance(member.posterior),
            waits: member.waitsFor.map {
                $0 == member.tube.text ? words.say("pool.waits.own") : $0
            })
    }
}

extension Verdict {
    fileprivate var tone: String {
        switch self {
        case .detected: "bad"
        case .notDetected: "good"
        case .grey: "warn"
        case .invalid: ""
        }
    }

    fileprivate var sign: String {
        switch self {
        case .detected: "+"
        case .notDetected: "−"
        case .grey: "?"
        case .invalid: "✗"
        }
    }
}

extension MemberOutcome {
    fileprivate var tone: String {
        switch self {
        case .negative: "good"
        case .positive: "bad"
        case .awaitingRetest, .awaitingRecollection, .discordant: "warn"
        case .invalid: ""
        }
    }
}
