/// How many people are swabbed into one mixed tube at most (混采).
package enum MixRatio: Int, CaseIterable, Hashable, Sendable, Codable {
    case five = 5
    case ten = 10
    case twenty = 20
}

/// A tube with the swab of one person.
///
/// Only such tubes can be pooled in the laboratory.
package struct SingleTube: Hashable, Sendable, Codable {
    package let id: TubeID
    package let person: PersonID

    /// One person's tube.
    package init(id: TubeID, person: PersonID) {
        self.id = id
        self.person = person
    }
}

/// A tube into which 5, 10 or 20 people at most were swabbed.
///
/// It is never pooled again.
package struct MixedTube: Hashable, Sendable, Codable {
    package let id: TubeID
    package let ratio: MixRatio
    /// In the order in which they were swabbed.
    package let members: [PersonID]

    /// Why people cannot share a tube.
    package enum Fault: Error, Hashable, Sendable {
        case nobody
        case tooMany(capacity: Int)
        case twice
    }

    /// A mixed tube of one to `ratio` different people (COL-2).
    package init(id: TubeID, ratio: MixRatio, members: [PersonID]) throws(Fault) {
        guard !members.isEmpty else { throw .nobody }
        guard members.count <= ratio.rawValue else { throw .tooMany(capacity: ratio.rawValue) }
        guard Set(members).count == members.count else { throw .twice }
        self.id = id
        self.ratio = ratio
        self.members = members
    }
}

/// A tube with a swab of a surface, a drain or goods: it has a place and no person.
package struct EnvironmentalTube: Hashable, Sendable, Codable {
    package let id: TubeID
    /// Where it was taken, as the sampler wrote it.
    package let place: String

    /// A tube of the environment.
    package init(id: TubeID, place: String) {
        self.id = id
        self.place = place
    }
}

/// A tube as it left the sampling desk.
package enum CollectedTube: Hashable, Sendable, Codable {
    case single(SingleTube)
    case mixed(MixedTube)
    case environmental(EnvironmentalTube)

    /// The tube's barcode.
    package var id: TubeID {
        switch self {
        case .single(let tube): tube.id
        case .mixed(let tube): tube.id
        case .environmental(let tube): tube.id
        }
    }

    /// The people in the tube, in the order of their specimens; none for the environment.
    package var people: [PersonID] {
        switch self {
        case .single(let tube): [tube.person]
        case .mixed(let tube): tube.members
        case .environmental: []
        }
    }

    /// How many specimens the tube holds: its people, or the one of the environment.
    package var specimens: Int { max(1, people.count) }
}

/// How tubes are told apart where rules depend on it, and as files and tables write it.
package enum TubeKind: String, CaseIterable, Hashable, Sendable, Codable {
    case single
    case mixed
    case environmental
}

extension CollectedTube {
    package var kind: TubeKind {
        switch self {
        case .single: .single
        case .mixed: .mixed
        case .environmental: .environmental
        }
    }
}
