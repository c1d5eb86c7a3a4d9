package import LabDomain
internal import LabInstruments
internal import LabSettings

/// What an instrument's file holds, for people and programs to look at; nothing is stored.
///
/// The names are those of the command `run read` and stay.
package struct ReadInstrumentFile: Encodable, Sendable {
    /// One target in one well.
    package struct Well: Encodable, Sendable {
        package let well: WellPosition
        package let sample: String?
        package let target: String
        package let dye: String?
        package let cq: Double?
        package let called: String?
        package let excluded: Bool

        private enum Key: String, CodingKey {
            case well, sample, target, dye, cq, called, excluded
        }

        package func encode(to encoder: any Encoder) throws {
            // What is not known is written as null, so that every object has every key.
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(well, forKey: .well)
            try container.encode(sample, forKey: .sample)
            try container.encode(target, forKey: .target)
            try container.encode(dye, forKey: .dye)
            try container.encode(cq, forKey: .cq)
            try container.encode(called, forKey: .called)
            try container.encode(excluded, forKey: .excluded)
        }
    }

    package let instrument: String?
    package let format: String
    package let software: String?
    package let wells: [Well]
    package let warnings: [String]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - file: The file's bytes.
    ///   - run: The run that is wanted of a file with several.
    ///   - plate: The plate of a file that numbers its wells and does not say how many there are.
    ///   - map: A column map's text and the name of its file; without one the content decides.
    /// - Throws: `Refusal` with the place of each fault.
    package init(
        _ file: [UInt8], run: String? = nil, plate: PlateFormat? = nil,
        map: (text: String, name: String)? = nil
    ) throws {
        let read = try Self.file(file, run: run, plate: plate, map: map)
        instrument = read.instrument
        format = read.format.rawValue
        software = read.software
        warnings = read.warnings.map(\.description)
        wells = read.wells.map {
            Well(
                well: $0.well, sample: $0.sample, target: $0.target, dye: $0.dye, cq: $0.cq,
                called: $0.called, excluded: $0.excluded)
        }
    }

    /// The file, its faults as a refusal.
    static func file(
        _ file: [UInt8], run: String?, plate: PlateFormat?, map: (text: String, name: String)?
    ) throws -> InstrumentFile {
        do {
            if let map {
                return try InstrumentFile.read(file, map: ColumnMap(map.text, name: map.name))
            }
            return try InstrumentFile.read(
                file, options: InstrumentFile.Options(run: run, plate: plate))
        } catch let error as InstrumentFaults {
            throw refusal(error)
        } catch let error as SettingsFaults {
            throw refusal(error)
        }
    }

    private enum Key: String, CodingKey {
        case instrument, format, software, wells, warnings
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(instrument, forKey: .instrument)
        try container.encode(format, forKey: .format)
        try container.encode(software, forKey: .software)
        try container.encode(wells, forKey: .wells)
        try container.encode(warnings, forKey: .warnings)
    }

    private static func refusal(_ faults: InstrumentFaults) -> Refusal {
        Refusal(
            .badData, "The instrument's file cannot be read; nothing is taken from it.",
            remedy: "Mend what is named below, or export the run again.",
            places: faults.faults.map { fault in
                Refusal.Place(
                    subject: fault.place.description.isEmpty ? nil : fault.place.description,
                    code: "instrument-file", message: fault.words, remedy: "")
            })
    }

    private static func refusal(_ faults: SettingsFaults) -> Refusal {
        Refusal(
            .badData, "The column map is faulty; nothing was read.",
            remedy: "Mend the map where it is named below.",
            places: faults.faults.map {
                Refusal.Place(
                    line: $0.place.line, column: $0.place.column,
                    subject: $0.place.path.isEmpty ? nil : $0.place.path, code: "column-map",
                    message: $0.message, remedy: "")
            })
    }
}
