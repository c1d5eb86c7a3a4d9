/// Plates of 96 wells were put together on one of 384; it has their wells from now on.
package struct PlatesCombined: FactPayload {
    package static let kind = FactKind.platesCombined
    package let plate: PlateID
    /// Two to four plates, in the order of the quadrants.
    package let sources: [PlateID]
    package let kit: KitRole
    package let assay: String
    package let version: String
    /// The kit's lot, where the sources have the same.
    package let lot: String?
    package var subject: String { plate.text }

    /// A plate out of others.
    package init(
        plate: PlateID, sources: [PlateID], kit: KitRole, assay: String, version: String,
        lot: String?
    ) {
        self.plate = plate
        self.sources = sources
        self.kit = kit
        self.assay = assay
        self.version = version
        self.lot = lot
    }
}

/// A well of a plate that waits for its run will not be read: its test is due again.
package struct WellFailed: FactPayload {
    package static let kind = FactKind.wellFailed
    package let plate: PlateID
    package let well: WellPosition
    package let request: RequestID
    package let reason: String
    package var subject: String { plate.text }

    /// A failed well.
    package init(plate: PlateID, well: WellPosition, request: RequestID, reason: String) {
        self.plate = plate
        self.well = well
        self.request = request
        self.reason = reason
    }
}
