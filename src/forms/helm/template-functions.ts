/** Names of the functions a chart's templates can call: Go's own, those of Helm and those of its function library. */
const NAMES = `and or not len index slice print printf println html js urlquery call eq ne lt le gt ge true false nil
include tpl required lookup toYaml toYamlPretty mustToYaml fromYaml fromYamlArray toJson mustToJson fromJson fromJsonArray
toToml mustToToml fromToml toPrettyJson mustToPrettyJson toRawJson mustToRawJson mustFromJson getHostByName
hello ago date dateInZone date_in_zone dateModify date_modify mustDateModify must_date_modify duration durationRound
htmlDate htmlDateInZone now toDate mustToDate unixEpoch
abbrev abbrevboth trunc trim upper lower title untitle substr repeat trimall trimAll trimSuffix trimPrefix nospace
initials randAlphaNum randAlpha randAscii randNumeric randInt randBytes swapcase shuffle snakecase camelcase kebabcase wrap
wrapWith contains hasPrefix hasSuffix quote squote cat indent nindent replace plural sha1sum sha256sum sha512sum
adler32sum toString atoi int64 int float64 seq toDecimal split splitList splitn toStrings until untilStep
add1 add sub div mod mul randInt add1f addf subf divf mulf biggest max min maxf minf ceil floor round join sortAlpha
default empty coalesce all any compact mustCompact ternary deepCopy mustDeepCopy typeOf typeIs typeIsLike kindOf kindIs
deepEqual base dir clean ext isAbs osBase osClean osDir osExt osIsAbs b64enc b64dec b32enc b32dec tuple list dict get set
unset hasKey pluck keys pick omit merge mergeOverwrite mustMerge mustMergeOverwrite values append push mustAppend
mustPush prepend mustPrepend first mustFirst rest mustRest last mustLast initial mustInitial reverse mustReverse uniq
mustUniq without mustWithout has mustHas mustSlice concat dig chunk mustChunk bcrypt htpasswd genPrivateKey derivePassword
buildCustomCert genCA genCAWithKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey encryptAES
decryptAES uuidv4 semver semverCompare fail regexMatch mustRegexMatch regexFindAll mustRegexFindAll regexFind
mustRegexFind regexReplaceAll mustRegexReplaceAll regexReplaceAllLiteral mustRegexReplaceAllLiteral regexSplit
mustRegexSplit regexQuoteMeta urlParse urlJoin`;

const FUNCTIONS: ReadonlySet<string> = new Set(NAMES.split(/\s+/));

export function isTemplateFunction(name: string): boolean {
  return FUNCTIONS.has(name);
}
