// swift-tools-version: 6.0
import PackageDescription

// `frontdesk --version` tells the commit.
let commit = Context.gitInformation.map { $0.currentCommit.prefix(10) + ($0.hasUncommittedChanges ? "+" : "") } ?? ""

let package = Package(
    name: "frontdesk",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
    ],
    targets: [
        // Dependencies point one way: frontdesk → Console → Reports → (Estate, Screen); Console → Curses → Screen;
        // Estate → (Journal, Handbook, Sheets); frontdesk → Hub → Journal.
        .target(name: "CSystem"),
        .target(name: "CBuild", cSettings: [.define("BUILD_COMMIT", to: String(commit))]),
        .target(name: "Journal", dependencies: ["CSystem", .product(name: "Crypto", package: "swift-crypto")]),
        // libpq is opened at run time, so nothing has to be installed to build or to work without a hub.
        .target(name: "Hub", dependencies: ["Journal"]),
        // Every file of the folder is embedded in the program, as `PackageResources.<name>_json`.
        .target(name: "Handbook", path: "Resources", resources: [.embedInCode("chapters")]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Sheets", dependencies: ["CZlib"]),
        .target(
            name: "Estate",
            dependencies: [
                "Journal", "Handbook", "Sheets", .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]),
        .target(name: "Demo", dependencies: ["Estate", .product(name: "HeapModule", package: "swift-collections")]),
        .target(name: "Screen"),
        .target(name: "Reports", dependencies: ["Estate", "Journal", "Screen", "Sheets"]),
        .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .target(name: "Curses", dependencies: ["CNcurses", "Screen"]),
        .target(name: "Console", dependencies: ["Curses", "Estate", "Handbook", "Journal", "Reports", "Screen"]),
        .executableTarget(
            name: "frontdesk",
            dependencies: [
                "CBuild", "Console", "Demo", "Estate", "Hub", "Reports", "Screen", "Sheets",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(name: "Benchmarks", dependencies: ["Demo", "Estate", "Hub", "Journal", "TestServer"]),
        // Disks that fail, for tests of writing.
        .target(name: "TestDisks", dependencies: ["Journal"], path: "Tests/TestDisks"),
        // A clock, values and an estate for tests.
        .target(name: "TestSupport", dependencies: ["Estate", "Journal"], path: "Tests/TestSupport"),
        // A PostgreSQL server, for tests of the hub.
        .target(name: "TestServer", dependencies: ["Hub", "Journal"], path: "Tests/TestServer"),
        // Limits of time and memory of a run; all test targets are one bundle.
        .target(name: "CTestLimits", path: "Tests/CTestLimits"),
        .testTarget(
            name: "JournalTests",
            dependencies: ["CTestLimits", "Journal", "TestDisks", .product(name: "Crypto", package: "swift-crypto")]),
        .testTarget(
            name: "HubTests", dependencies: ["Estate", "Hub", "Journal", "TestDisks", "TestServer", "TestSupport"]),
        .testTarget(name: "HandbookTests", dependencies: ["Handbook"]),
        .testTarget(name: "SheetsTests", dependencies: ["Sheets", "TestSupport"], exclude: ["Files"]),
        .testTarget(
            name: "EstateTests", dependencies: ["Estate", "Handbook", "Journal", "Sheets", "TestDisks", "TestSupport"],
            exclude: ["Golden"]),
        .testTarget(name: "DemoTests", dependencies: ["Demo", "Estate"]),
        .testTarget(name: "ScreenTests", dependencies: ["Screen"]),
        .testTarget(name: "CursesTests", dependencies: ["CNcurses", "Curses", "Screen", "TestSupport"]),
        .testTarget(name: "ReportsTests", dependencies: ["Estate", "Journal", "Reports", "Screen", "TestDisks"]),
        .testTarget(
            name: "ConsoleTests",
            dependencies: ["Console", "Demo", "Estate", "Journal", "Screen", "TestDisks", "TestSupport"],
            exclude: ["Golden"]),
        .testTarget(name: "frontdeskTests", dependencies: ["frontdesk", "Sheets", "TestServer", "TestSupport"]),
        // What reads bytes that others wrote. `Tests/Fuzzing/fuzz` feeds it by libFuzzer, the tests by a corpus.
        .target(
            name: "FuzzTargets", dependencies: ["Estate", "Handbook", "Journal", "Screen", "Sheets"],
            path: "Tests/Fuzzing/Targets"),
        .testTarget(name: "FuzzingTests", dependencies: ["FuzzTargets", "TestSupport"]),
    ]
)

// The fuzzer has the main function of libFuzzer, so it is built only for that.
if Context.environment["FRONTDESK_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(name: "Fuzzer", dependencies: ["FuzzTargets"], path: "Tests/Fuzzing/Fuzzer"))
}

// The tests run the debug build: without optimisation they take more than twice as long. Of the tests themselves only those
// that sweep over bytes and cells need it.
let sweeping = ["JournalTests", "ScreenTests", "CursesTests"]
for target in package.targets
where [.regular, .executable].contains(target.type) || sweeping.contains(target.name) {
    target.swiftSettings = [.unsafeFlags(["-O"], .when(configuration: .debug))]
}
