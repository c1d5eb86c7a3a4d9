package import LabDomain

/// A resident of Jingdezhen who does not exist.
package struct InventedResident: Hashable, Sendable {
    /// Unlike any other in the same draw.
    package let document: IdentityDocument
    /// Surname and given name, in Chinese or as a foreign passport has it.
    package let name: String
    /// Male or female, as the resident number states.
    package let sex: Sex
    /// The day of birth, as the resident number states.
    package let birthDate: CalendarDay
    /// Eleven digits that nobody can have; see `InventedTelephone`.
    package let telephone: String
    /// The home, shared by the household and by nobody else.
    package let address: InventedAddress
    /// The household, counted from 1 in each draw; its members share an address.
    package let household: Int
}
