/// What a programme says about filling tubes: for each risk class, where it says something.
package struct CollectionRules: Hashable, Sendable {
    /// The largest tube that people of the class may share.
    package var largest: [RiskClass: TubeRatio]
    /// The share of the class that is expected to be infected.
    package var prevalence: [RiskClass: Double]

    /// Rules for some classes or none.
    package init(largest: [RiskClass: TubeRatio] = [:], prevalence: [RiskClass: Double] = [:]) {
        self.largest = largest
        self.prevalence = prevalence
    }
}

/// Why a roster cannot be planned.
package enum CollectionFault: Error, Hashable, Sendable {
    /// The roster has nobody.
    case nobody
    /// No rule says how large the tubes of a class may be.
    case noRule(RiskClass, people: Int)
    /// Nothing says how many of a class are expected to be infected.
    case noPrevalence(RiskClass, people: Int)
    /// A ratio was asked for that the programme does not allow for the class.
    case ratio(RiskClass, asked: TubeRatio, allowed: [TubeRatio])
    /// A ratio was asked for a class that nobody in the roster has.
    case emptyClass(RiskClass)
}

/// Everything for which a roster cannot be planned, by risk class.
package struct CollectionFaults: Error, Hashable, Sendable {
    package let faults: [CollectionFault]
}
