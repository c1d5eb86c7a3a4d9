package import LabDomain
internal import LabProgramme

/// Why the tubes of one risk class are tested as they are, in figures.
///
/// `sentence` puts it into English; pages word it themselves in other languages.
package struct PoolClassReason: Codable, Hashable, Sendable {
    /// One way of testing the class, as it was weighed.
    package struct Weighed: Codable, Hashable, Sendable {
        /// Nil is everybody singly.
        package let scheme: PoolScheme?
        /// Expected tests of the whole class, retests included.
        package let tests: Double
        /// Of the positives that single tests find, the share that it finds too.
        package let kept: Double
    }

    package let risk: RiskClass
    /// Why nobody of the class is pooled; nil when somebody is.
    package let singly: SinglyReason?
    /// The share of positives that it is planned with.
    package let prevalence: Double
    /// The programme's limits.
    package let highestPrevalence: Double
    package let sensitivityFloor: Double
    /// What was chosen, and the cheapest of the others that find enough.
    package let chosen: Weighed?
    package let next: Weighed?
    /// A cheaper scheme that finds too few.
    package let barred: PoolScheme?
    /// The most that any scheme finds.
    package let mostKept: Double

    init(_ plan: PoolClassPlan, _ rules: Rules) {
        let limits = rules.programme.poolLimits
        let own = plan.candidates.first { $0.scheme != nil && $0.scheme == plan.scheme }
        let others = plan.candidates.filter { $0.scheme != plan.scheme }
        risk = plan.risk
        singly = plan.classReason
        prevalence = plan.prevalence
        highestPrevalence = limits.highestPrevalence
        sensitivityFloor = limits.sensitivityFloor
        chosen = own.map(Weighed.init)
        next = others.filter(\.keepsFloor).min { $0.tests < $1.tests }.map(Weighed.init)
        barred =
            others.filter { candidate in
                own.map { !candidate.keepsFloor && candidate.tests < $0.tests } ?? false
            }.compactMap(\.scheme).first
        mostKept = plan.candidates.filter { $0.scheme != nil }.map(\.kept).max() ?? 0
    }

    /// The reason as a sentence.
    package var sentence: Wording {
        switch singly {
        case nil: return words(ofChosen: chosen)
        case .neverPooled:
            return "Singly: the programme never pools the class \(risk.word)."
        case .prevalence:
            return """
                Singly: \(share(prevalence)) of the class are expected positive, and the \
                programme pools below \(share(highestPrevalence)) only.
                """
        case .sensitivity:
            return """
                Singly: pools find \(share(mostKept)) of what single tests find at most, and the \
                programme asks for \(share(sensitivityFloor)).
                """
        case .tooOld?, .tooLittle?, .tooLate?, .recollected?, .asked?, .leftOver?:
            return "Singly: none of its tubes can share a pool now; see the reason of each."
        case .costsLess?:
            return """
                Singly: at \(share(prevalence)) positive, single tests cost no more than pools.
                """
        }
    }

    private func words(ofChosen own: Weighed?) -> Wording {
        guard let own, let scheme = own.scheme else { return "Singly." }
        var words: Wording = """
            \(scheme) costs \(Figures.tests(own.tests)) tests at \(share(prevalence)) positive
            """
        if let next {
            words +=
                next.scheme.map { ", \($0) \(Figures.tests(next.tests))" }
                ?? ", single tests \(Figures.tests(next.tests))"
        }
        words += "; it finds \(share(own.kept)) of what single tests find"
        if let barred { words += ", \(barred) would find too few" }
        return words + "."
    }
}

extension PoolClassReason.Weighed {
    init(_ candidate: PoolClassPlan.Candidate) {
        self.init(scheme: candidate.scheme, tests: candidate.tests, kept: candidate.kept)
    }
}

/// Numbers as people read them, with no more digits than they deserve.
package enum Figures {
    /// Expected tests.
    package static func tests(_ tests: Double) -> String {
        text(tests, decimals: tests < 10 ? 2 : tests < 100 ? 1 : 0)
    }

    /// A share in per cent.
    package static func percent(_ part: Double) -> String { share(part) }

    /// An expected number; a small one is not nothing.
    package static func expected(_ number: Double) -> String {
        number > 0 && number < 0.005 ? "< 0.01" : tests(number)
    }

    /// A chance in per cent; neither nothing nor certainty unless it is.
    package static func chance(_ chance: Double) -> String {
        if chance > 0.99, chance < 1 { return "> 99 %" }
        return chance > 0 && chance < 0.000_01 ? "< 0.001 %" : share(chance)
    }
}

/// A share in per cent, with as many digits as it needs.
func share(_ share: Double) -> String {
    let percent = share * 100
    if percent == 0 { return "0 %" }
    return text(percent, decimals: percent >= 10 ? 0 : percent >= 1 ? 1 : percent >= 0.1 ? 2 : 3)
        + " %"
}

/// A number with so many decimals, needless zeros left out.
func text(_ number: Double, decimals: Int) -> String {
    let unit = (0..<decimals).reduce(1.0) { unit, _ in unit * 10 }
    let scaled = (number * unit).rounded()
    guard scaled.magnitude < 1e15 else { return "\(number)" }
    let whole = Int(scaled.magnitude)
    var digits = String(whole % Int(unit))
    digits = String(repeating: "0", count: max(0, decimals - digits.count)) + digits
    while digits.last == "0" { digits.removeLast() }
    return (scaled < 0 ? "-" : "") + "\(whole / Int(unit))"
        + (decimals == 0 || digits.isEmpty ? "" : ".\(digits)")
}
