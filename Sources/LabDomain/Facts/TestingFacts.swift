/// What a request asks to test: a tube or a laboratory pool.
package enum RequestSubject: Hashable, Sendable, Codable {
    case tube(TubeID)
    case pool(PoolID)

    /// The barcode or the pool's identifier.
    package var text: String {
        switch self {
        case .tube(let tube): tube.text
        case .pool(let pool): pool.text
        }
    }
}

/// A test became due.
package struct RequestOpened: FactPayload {
    package static let kind = FactKind.requestOpened
    package let request: RequestID
    package let of: RequestSubject
    /// 1 for the first test of the tube or pool.
    package let ordinal: Int
    package let purpose: Purpose
    package let kit: KitRole
    /// The test whose verdict asked for this one.
    package let cause: RequestID?
    package var subject: String { of.text }

    /// A due test.
    package init(
        request: RequestID, of: RequestSubject, ordinal: Int, purpose: Purpose, kit: KitRole,
        cause: RequestID?
    ) {
        self.request = request
        self.of = of
        self.ordinal = ordinal
        self.purpose = purpose
        self.kit = kit
        self.cause = cause
    }
}

/// A due test is due no longer: the tube was rejected, its receipt taken back, or the run behind
/// it refused.
package struct RequestWithdrawn: FactPayload {
    package static let kind = FactKind.requestWithdrawn
    package let request: RequestID
    package let of: RequestSubject
    package var subject: String { of.text }

    /// A test that will not be done.
    package init(request: RequestID, of: RequestSubject) {
        self.request = request
        self.of = of
    }
}

/// Single tubes were pooled; their own requests wait for the pool's.
package struct PoolFormed: FactPayload {
    package static let kind = FactKind.poolFormed
    package let pool: LaboratoryPool
    package let risk: RiskClass
    package var subject: String { pool.id.text }

    /// A new pool.
    package init(pool: LaboratoryPool, risk: RiskClass) {
        self.pool = pool
        self.risk = risk
    }
}

/// A pool's state changed: opened for retests, cut, negative, confirmed or unconfirmed.
package struct PoolConcluded: FactPayload {
    package static let kind = FactKind.poolConcluded
    package let pool: PoolID
    package let state: PoolState
    package var subject: String { pool.text }

    /// A pool with its new state.
    package init(pool: PoolID, state: PoolState) {
        self.pool = pool
        self.state = state
    }
}

/// A plate was laid out.
package struct PlateLaidOut: FactPayload {
    package static let kind = FactKind.plateLaidOut
    package let plate: PlateID
    package let layout: PlateLayout
    package let kit: KitRole
    package let assay: String
    /// The assay's name and the first digits of a hash of its limits.
    package let version: String
    /// The kit's lot; nil where none is kept.
    package let lot: String?
    /// The plate whose layout it has, because that one's run failed.
    package let rerunOf: PlateID?
    package var subject: String { plate.text }

    /// A plate with its layout.
    package init(
        plate: PlateID, layout: PlateLayout, kit: KitRole, assay: String, version: String,
        lot: String? = nil, rerunOf: PlateID? = nil
    ) {
        self.version = version
        self.lot = lot
        self.rerunOf = rerunOf
        self.plate = plate
        self.layout = layout
        self.kit = kit
        self.assay = assay
    }
}

/// A plate will never be read: it was dropped, or its instrument broke.
package struct PlateAbandoned: FactPayload {
    package static let kind = FactKind.plateAbandoned
    package let plate: PlateID
    package var subject: String { plate.text }

    /// An abandoned plate.
    package init(plate: PlateID) {
        self.plate = plate
    }
}
