package import LabDomain
package import LabStore

/// What presses in the laboratory, by batch and by plate.
package struct Board: Sendable {
    /// The clocks of one rule and batch.
    package struct Batch: Sendable {
        package let open: OpenBatch
        package let urgency: Urgency
        package let detail: BatchDetail
    }

    /// A plate that waits for its run or its review.
    package struct Plate: Sendable {
        package let open: OpenPlate
        /// Nil when no clock of its samples runs.
        package let urgency: Urgency?
    }

    /// Clocks that all have stopped, late ones among them, and nobody told why.
    package struct Unexplained: Sendable {
        package let rule: String
        package let box: BoxID
        package let detail: BatchDetail
    }

    /// So many batches are shown at most.
    package static let most = 30

    package let at: Timestamp
    /// The last fact that the board knows of.
    package let fact: Int
    /// Batches by how much they press, whichever are shown.
    package let counts: [Urgency: Int]
    package let batches: [Batch]
    /// How many batches more there are than are shown.
    package let more: Int
    package let plates: [Plate]
    package let unexplained: [Unexplained]
}

extension Laboratory {
    /// What presses, the most pressing first: everything, or what presses so much.
    package func board(
        at now: Timestamp, show shown: Urgency? = nil, most: Int = Board.most, as handle: String
    ) throws -> Board {
        try look(.seeWork, as: handle) { view in
            let open = try keptBatches.open(in: view, at: now)
            let all = open.indices.map { place in
                Pressing(
                    place: place, urgency: open[place].urgency(at: now),
                    slack: open[place].next.slack(at: now))
            }
            let asked = all.filter { shown == nil || $0.urgency == shown }
                .sorted { Self.presses($0, more: $1, of: open) }
            let plates = try view.openPlates(most: most).map {
                Board.Plate(open: $0, urgency: $0.next?.urgency(at: now))
            }
            return Board(
                at: now, fact: try view.lastFact(),
                counts: Dictionary(grouping: all, by: \.urgency).mapValues(\.count),
                batches: try asked.prefix(most).compactMap { pressing in
                    let batch = open[pressing.place]
                    return try view.batchDetail(rule: batch.rule, box: batch.box).map {
                        Board.Batch(open: batch, urgency: pressing.urgency, detail: $0)
                    }
                }, more: max(0, asked.count - most),
                plates: plates.filter { shown == nil || $0.urgency == shown }
                    .sorted { Self.pressure($0) < Self.pressure($1) },
                unexplained: shown == nil || shown == .late ? try Self.unexplained(view) : [])
        }
    }

    /// The number of the last thing that was done, for pages that keep themselves up to date.
    package func lastChange() async throws -> Int {
        try await store.readAside { try $0.lastFact() }
    }

    private static func unexplained(_ view: StoreView) throws -> [Board.Unexplained] {
        try view.unexplainedBatches(most: 50).compactMap { rule, box in
            try view.batchDetail(rule: rule, box: box).map {
                Board.Unexplained(rule: rule, box: box, detail: $0)
            }
        }
    }

    /// How much the batch at a place presses.
    ///
    /// There are thousands: they are sorted without their names.
    private struct Pressing {
        let place: Int
        let urgency: Urgency
        let slack: Span
    }

    /// Names are compared only of batches that press alike.
    private static func presses(
        _ one: Pressing, more other: Pressing, of batches: [OpenBatch]
    ) -> Bool {
        if one.urgency != other.urgency { return one.urgency < other.urgency }
        if one.slack != other.slack { return one.slack < other.slack }
        let (first, second) = (batches[one.place], batches[other.place])
        return (first.rule, first.box) < (second.rule, second.box)
    }

    private static func pressure(_ plate: Board.Plate) -> (Int, Timestamp, PlateID) {
        (
            plate.open.next == nil ? 1 : 0, plate.open.next?.dueAt ?? plate.open.since,
            plate.open.plate
        )
    }
}

extension OpenBatch {
    /// How much the batch presses: one late clock makes it late, and its next limit counts else.
    package func urgency(at now: Timestamp) -> Urgency {
        late > 0 ? .late : next.urgency(at: now) ?? .awaitingDelivery
    }
}
