internal import LabDomain
internal import LabStore

extension Laboratory {
    /// Scanned or typed codes as the laboratory writes them; nil for each that no tube, pool,
    /// plate or box has.
    package func knownCodes(_ codes: [String], as handle: String) throws -> [String?] {
        try look(.seeWork, as: handle) { view in
            try codes.map { code in
                // A box is called as its sender wrote it, all else is in capitals.
                try [normalised(code), code].first { try view.isKnown(code: $0) }
            }
        }
    }
}
