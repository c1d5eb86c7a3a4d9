internal import Hummingbird
internal import LabDomain
internal import LabOperations

/// Which tube goes into which pool, as the page shows it and as its form sends it back.
struct PoolArrangement: Sendable {
    /// One tube with what stands in its field: the number of a pool, or nothing.
    struct Entry: Hashable, Sendable {
        let tube: String
        let to: String

        /// Nil for a tube that is tested singly.
        var pool: Int? { Int(to).flatMap { $0 > 0 ? $0 : nil } }
        var isReadable: Bool { to.isEmpty || Int(to).map { $0 >= 0 } == true }
    }

    /// The tubes of one class.
    struct Class: Sendable {
        let risk: RiskClass
        let scheme: PoolScheme?
        var entries: [Entry]
        /// Pools that are too many to be shown; they are formed as they were proposed.
        var rest: [[String]] = []

        /// The pools with their tubes in pipetting order.
        var pools: [(number: Int, tubes: [String])] {
            Dictionary(grouping: entries.filter { $0.pool != nil }) { $0.pool ?? 0 }
                .sorted { $0.key < $1.key }.map { ($0.key, $0.value.map(\.tube)) }
        }
        var singly: [String] { entries.filter { $0.pool == nil }.map(\.tube) }
    }

    /// So many tubes can be moved on one page.
    static let mostShown = 500

    let classes: [Class]

    /// The arrangement that a plan proposes.
    init(_ plan: PoolPlan) {
        var room = Self.mostShown
        classes = plan.proposal.classes.map { own in
            var entries: [Entry] = []
            var rest: [[String]] = []
            for pool in plan.proposal.pools where pool.risk == own.risk {
                if pool.tubes.count > room {
                    room = 0
                    rest.append(pool.tubes.map(\.text))
                } else {
                    room -= pool.tubes.count
                    entries += pool.tubes.map { Entry(tube: $0.text, to: "\(pool.number)") }
                }
            }
            let singly = plan.proposal.singly.filter {
                $0.risk == own.risk && $0.reason.mayBeOverruled
            }.prefix(room)
            room -= singly.count
            return Class(
                risk: own.risk, scheme: own.scheme,
                entries: entries + singly.map { Entry(tube: $0.tube.text, to: "") }, rest: rest)
        }
    }

    /// What a form sends.
    /// - Throws: an HTTP error when it is none of ours.
    init(_ form: Fields) throws {
        classes = try RiskClass.allCases.compactMap { risk in
            let tubes = form.all("tube.\(risk.rawValue)")
            let fields = form.all("to.\(risk.rawValue)")
            guard tubes.count == fields.count else { throw HTTPError(.badRequest) }
            let rest = form.all("rest.\(risk.rawValue)")
                .map { $0.split(separator: " ").map(String.init) }
            guard !tubes.isEmpty || !rest.isEmpty else { return nil }
            return Class(
                risk: risk, scheme: form["scheme.\(risk.rawValue)"].flatMap(PoolScheme.init(text:)),
                entries: zip(tubes, fields).map { tube, field in
                    Entry(tube: tube, to: String(field.filter { !$0.isWhitespace }.prefix(4)))
                }, rest: rest)
        }
    }

    /// The pools as they are formed, each with its number on the page.
    ///
    /// Pools that were not shown have 0. A number that stands in two classes names one pool, which
    /// the laboratory refuses.
    var named: [(number: Int, pool: FormPools.Named)] {
        var tubes: [Int: [String]] = [:]
        var schemes: [Int: PoolScheme] = [:]
        for own in classes {
            for pool in own.pools {
                tubes[pool.number, default: []] += pool.tubes
                if schemes[pool.number] == nil { schemes[pool.number] = own.scheme }
            }
        }
        let shown = tubes.sorted { $0.key < $1.key }.map {
            (number: $0.key, pool: FormPools.Named(tubes: $0.value, scheme: schemes[$0.key]))
        }
        return shown
            + classes.flatMap { own in
                own.rest.map { (number: 0, pool: FormPools.Named(tubes: $0, scheme: own.scheme)) }
            }
    }

    /// The first number that no pool has.
    var free: Int { (named.map(\.number).max() ?? 0) + 1 }

    /// What can be seen to be wrong before the laboratory is asked.
    func faults(_ words: Catalogue) -> [String] {
        func fault(_ subject: String, _ key: String) -> String {
            words.say("poolFault", ["subject": subject, "fault": words.say("poolFault.\(key)")])
        }
        let entries = classes.flatMap(\.entries)
        var faults = entries.filter { !$0.isReadable }.map { fault($0.tube, "number") }
        var seen: [Int: RiskClass] = [:]
        for own in classes {
            for pool in own.pools {
                let name = words.say("pools.number", ["n": "\(pool.number)"])
                if seen.updateValue(own.risk, forKey: pool.number) != nil {
                    faults.append(fault(name, "mixed-risk"))
                }
                if let scheme = own.scheme, pool.tubes.count > scheme.first {
                    faults.append(fault(name, "pool-full"))
                }
            }
        }
        return faults
    }
}
