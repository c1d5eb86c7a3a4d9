package import LabDomain

/// Which message about a report this is: the first, or one that changes what was sent before.
///
/// A later version keeps the numbers of the order (OBR-3) and of each result (OBX-3, OBX-4), by
/// which a receiver finds what it replaces, and has a new MSH-10 and a later OBR-22.
package struct MessageVersion: Hashable, Sendable {
    /// What the message says of the report.
    package enum Status: Hashable, Sendable {
        /// The result, final.
        case final
        /// Another result than was sent before.
        case corrected
        /// What was sent before was another person's, or entered in error.
        case withdrawn
        /// The specimen could not be tested and will not be.
        case cancelled(RejectReason)
        /// Found in a laboratory pool whose members are being tested one by one.
        case preliminaryPool
    }

    /// A laboratory pool that was found positive before this tube was tested by itself.
    package struct Pool: Hashable, Sendable {
        /// The pool's identifier; it names no other member.
        package let id: PoolID
        /// How many specimens were in it.
        package let size: Int

        /// A pool that was reported before its member.
        package init(id: PoolID, size: Int) {
            self.id = id
            self.size = size
        }
    }

    /// What the message says.
    package let status: Status
    /// 1 for the first message about the report, 2 for the next.
    package let number: Int
    /// When this version was released; nil is the report's own release.
    package let releasedAt: Timestamp?
    /// The pool whose preliminary result the receiver has; nil where none was sent.
    package let pool: Pool?
    /// Whether the readings of the well are still what the result says; a correction may
    /// contradict them.
    package let readingsStand: Bool

    /// The first and final message.
    package static let first = MessageVersion(.final)

    /// A version of a report's message.
    package init(
        _ status: Status, number: Int = 1, releasedAt: Timestamp? = nil, pool: Pool? = nil,
        readingsStand: Bool = true
    ) {
        self.status = status
        self.number = number
        self.releasedAt = releasedAt
        self.pool = pool
        self.readingsStand = readingsStand
    }

    /// OBR-25 (table 0123).
    var orderStatus: HL7Value {
        switch status {
        case .final: "F"
        case .corrected, .withdrawn: "C"
        case .cancelled: "X"
        case .preliminaryPool: "P"
        }
    }

    /// OBX-11 (table 0085).
    var resultStatus: HL7Value {
        switch status {
        case .final: "F"
        case .corrected: "C"
        case .withdrawn: "W"
        case .cancelled: "X"
        case .preliminaryPool: "P"
        }
    }

    /// SPM-21.
    var rejectReason: HL7Value {
        if case .cancelled(let reason) = status { .coded(reason.code) } else { .empty }
    }
}

extension RejectReason {
    /// The reason's code (table 0490); reasons that the table does not have are our own.
    var code: Coded {
        let code =
            switch self {
            case .leaking: "RB"
            case .unlabelled: "RM"
            case .mismatched: "RI"
            case .insufficient: "QS"
            case .temperature: "RR"
            case .overTime: "EX"
            case .contaminated: "RN"
            case .noSwab, .lost: ""
            }
        return Coded(
            code: code.isEmpty ? rawValue : code, text: meaning.text,
            system: code.isEmpty ? "L" : "HL70490")
    }
}
