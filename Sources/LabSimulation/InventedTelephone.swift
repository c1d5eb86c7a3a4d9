import LabStatistics

/// Telephones that look like mobile numbers and cannot be one.
enum InventedTelephone {
    /// Eleven digits that begin with 102.
    ///
    /// Mobile numbers of China have eleven digits from 13 to 19. Numbers from 10 are short codes,
    /// and the Telecommunication Network Numbering Plan keeps 102 in reserve. (100 and 101 would
    /// not do: a dialled 10086... reaches an operator.)
    static func draw(using random: inout some RandomNumberGenerator) -> String {
        "102\(10_000_000 + random.index(below: 90_000_000))"
    }
}
