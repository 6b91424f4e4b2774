import Foundation
import Journal

/// Preferences on the disk: a small file for each staff member, in the data folder.
///
/// Each terminal reads at sign-in and brings in what is changed at it, so none disturbs another.
struct PreferenceFolder {
    private let path: String
    private let disk = SystemDisk()

    init(in data: String) { path = "\(data)/preferences" }

    private func file(of staff: String) -> String {
        // A number may hold anything but blanks and commas.
        "\(staff.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "_").json"
    }

    /// What was kept; as it comes if nothing was, or if it cannot be read: a view of things is not worth a refusal.
    func load(of staff: String) -> Preferences {
        let path = "\(path)/\(file(of: staff))"
        guard let data = FileManager.default.contents(atPath: path) else { return Preferences() }
        return (try? JSONDecoder().decode(Preferences.self, from: data)) ?? Preferences()
    }

    /// Keeps them, wholly or not at all. Throws `DiskFailure`.
    func save(_ preferences: Preferences, of staff: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let data = try encoder.encode(preferences)
        try disk.makeFolder(path, mode: 0o700)
        try disk.replace(file(of: staff), in: path, text: data)
    }
}
