package import LabSettings

/// A description of somebody's table, in YAML, for instruments that no reader knows.
///
///     instrument: SLAN-96P
///     columns: { well: Well, sample: Sample ID, target: Gene, dye: Channel, cq: Ct, call: Result }
///     not-detected: [NoCt, "-"]
///
/// Where each channel has columns of its own, `channels` stands for target, dye, cq and call:
///
///     columns: { well: Well, sample: Name }
///     channels:
///       - { target: ORF1ab, dye: FAM, cq: Ct (FAM), call: Result (FAM) }
package struct ColumnMap: Sendable, Equatable {
    /// The columns of one channel.
    package struct Channel: Sendable, Equatable {
        package var target: String?
        package var dye: String?
        package var cq: String
        package var call: String?
    }

    package var instrument: String?
    package var software: String?
    /// The delimiter, where the most frequent one is the wrong one.
    package var delimiter: String?
    /// The sheet of a workbook; the first with the columns else.
    package var sheet: String?
    /// Lines before the heading; it is looked for else.
    package var skip: Int?
    package var well: String
    package var sample: String?
    package var target: String?
    package var dye: String?
    package var cq: String?
    package var call: String?
    package var excluded: String?
    package var channels: [Channel] = []
    /// Words that say that there is no Cq.
    package var notDetected: [String] = []
    /// Whether an empty cell says it.
    package var isBlankNotDetected = false
    /// Whether 0 and negative numbers say it.
    package var isZeroNotDetected = false
    /// The number from which a Cq says it.
    package var cycles: Double?
    /// The number of the first well where wells are numbered: 1 or 0.
    package var firstWell = 1
    /// 96 or 384 wells, where wells are numbered.
    package var wells: Int?

    /// Reads a map.
    ///
    /// - Parameters:
    ///   - text: The YAML.
    ///   - name: What complaints call it.
    /// - Throws: `SettingsFaults` with every fault's place.
    package init(_ text: String, name: String) throws(SettingsFaults) {
        var read = SettingsReader(try SettingsDocument(text, name: name).root)
        instrument = read.optionalString("instrument")
        software = read.optionalString("software")
        sheet = read.optionalString("sheet")
        delimiter = read.ifPresent("delimiter") {
            $0.value(expecting: "comma, semicolon or tab") {
                ["comma", "semicolon", "tab"].contains($0) ? $0 : nil
            }
        }
        skip = read.ifPresent("skip") { $0.int(in: 0...10_000) }
        let columns = read.mapping("columns") { columns in
            Columns(
                well: columns.string("well"), sample: columns.optionalString("sample"),
                target: columns.optionalString("target"), dye: columns.optionalString("dye"),
                cq: columns.optionalString("cq"), call: columns.optionalString("call"),
                excluded: columns.optionalString("excluded"))
        }
        well = columns?.well ?? ""
        sample = columns?.sample
        target = columns?.target
        dye = columns?.dye
        cq = columns?.cq
        call = columns?.call
        excluded = columns?.excluded
        if read.has("channels") {
            channels = read.list("channels") { channel in
                Channel(
                    target: channel.optionalString("target"), dye: channel.optionalString("dye"),
                    cq: channel.string("cq"), call: channel.optionalString("call"))
            }
        }
        if read.has("not-detected") { notDetected = read.list("not-detected") { $0.string() } }
        isBlankNotDetected = read.ifPresent("blank-is-not-detected") { $0.bool() } ?? false
        isZeroNotDetected = read.ifPresent("zero-is-not-detected") { $0.bool() } ?? false
        cycles = read.ifPresent("cycles") { $0.double(in: 10...100) }
        firstWell = read.ifPresent("first-well") { $0.int(in: 0...1) } ?? 1
        wells = read.ifPresent("wells") {
            $0.value(expecting: "96 or 384") { ["96": 96, "384": 384][$0] }
        }
        if let columns { Self.check(columns, channels, &read) }
        try read.finish()
    }

    private struct Columns {
        var well: String
        var sample: String?
        var target: String?
        var dye: String?
        var cq: String?
        var call: String?
        var excluded: String?
    }

    private static func check(
        _ columns: Columns, _ channels: [Channel], _ read: inout SettingsReader
    ) {
        if channels.isEmpty {
            if columns.cq == nil {
                read.refuse("no column of Cq; name it under cq, or describe channels")
            }
            if columns.target == nil, columns.dye == nil {
                read.refuse("no column of targets or dyes; name it, or describe channels")
            }
        } else {
            if columns.cq != nil || columns.target != nil || columns.dye != nil {
                read.refuse("channels have their own cq, target and dye; give them there only")
            }
            if channels.contains(where: { $0.target == nil && $0.dye == nil }) {
                read.refuse("a channel needs a target or a dye", at: "channels")
            }
        }
    }
}
