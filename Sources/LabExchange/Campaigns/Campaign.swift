package import LabDomain

/// A pooled campaign that was run somewhere, with what its pools and retests gave.
package struct Campaign: Hashable, Sendable {
    /// The pools, in the order in which the file names them first.
    package let pools: [CampaignPool]

    /// A campaign of pools.
    package init(pools: [CampaignPool]) {
        self.pools = pools
    }
}

/// One pool of a campaign.
package struct CampaignPool: Hashable, Sendable {
    /// The pool's name in the file.
    package let id: String
    /// The pool's Cq; nil when it was negative.
    package let cq: Cq?
    /// Its samples, in the order of the file.
    package internal(set) var samples: [CampaignSample]

    /// A pool with its samples.
    package init(id: String, cq: Cq?, samples: [CampaignSample]) {
        self.id = id
        self.cq = cq
        self.samples = samples
    }

    /// Whether the pool was positive: it has a Cq.
    package var isPositive: Bool { cq != nil }
}

/// One sample of a campaign.
package struct CampaignSample: Hashable, Sendable {
    /// What its own test gave.
    package enum Result: Hashable, Sendable {
        /// It was not tested by itself.
        case notTested
        /// No curve crossed the threshold.
        case negative
        /// A curve crossed.
        case cq(Cq)
    }

    /// The sample's number in the file.
    package let id: String
    /// The line of the file.
    package let line: Int
    /// What its own test gave.
    package let result: Result

    /// A sample.
    package init(id: String, line: Int, result: Result) {
        self.id = id
        self.line = line
        self.result = result
    }

    /// Whether it was tested by itself.
    package var wasTested: Bool { result != .notTested }

    /// Whether its own test found it, up to a Cq.
    package func isPositive(upTo limit: Cq) -> Bool {
        if case .cq(let cq) = result { cq <= limit } else { false }
    }
}
