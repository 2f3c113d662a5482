/** How well something is established: read at the source or run, told by a secondary source only, or general knowledge. */
export type Basis = 'verified' | 'secondary' | 'general-knowledge';

/** Something a fact in this folder or a control rests on. */
export interface Source {
  readonly what: string;
  readonly basis: Basis;
}

/** Read 2026-11-22. */
export const SOURCES: Readonly<Record<string, Source>> = {
  S1: { what: '45 CFR 164.316, reproduction checked against the eCFR of 2026-06-20', basis: 'verified' },
  S2: { what: '45 CFR Part 164, Appendix A to Subpart C', basis: 'verified' },
  S3: { what: '45 CFR 164.312, govinfo CFR 2019', basis: 'verified' },
  S4: { what: 'law firm summary of OCR guidance on audio-only telehealth, June 2022', basis: 'secondary' },
  S5: { what: 'summary of HHS guidance on HIPAA and cloud computing', basis: 'secondary' },
  S6: { what: 'HHS fact sheet on the Security Rule NPRM (90 FR 898) and dated summaries of 2026', basis: 'secondary' },
  S7: { what: 'trade summaries of medical record retention', basis: 'secondary' },
  F1: { what: '17 CFR 240.17a-4(a), (b)(4), (e)(7), (f)(2)(i), quoted from the eCFR', basis: 'verified' },
  F2: { what: 'retention reference that cites SEC, FINRA and eCFR pages, August 2026', basis: 'secondary' },
  F3: { what: 'FINRA guidance on the Taping Rule (Rule 3170)', basis: 'verified' },
  F4: { what: 'SEC small entity guide on Release 34-96034, and law firm summaries', basis: 'secondary' },
  F5: { what: '17 CFR 1.31 as quoted by law firms; 82 FR 24479', basis: 'secondary' },
  F6: { what: 'summaries of FINRA Regulatory Notice 24-09', basis: 'secondary' },
  F7: { what: 'summaries of FINRA Rule 3110', basis: 'secondary' },
  F8: { what: 'summaries of GDPR Article 17 and of lifecycle with MFA delete', basis: 'secondary' },
  A1: { what: 'Amazon S3 User Guide, "Managing Object Lock"', basis: 'verified' },
  A2: { what: 'Amazon S3 User Guide, "Object Lock overview"', basis: 'verified' },
  A3: { what: 'AWS CloudFormation reference, AWS::S3::Bucket DefaultRetention', basis: 'verified' },
  A4: { what: 'Amazon Bedrock User Guide, "Geographic cross-Region inference"', basis: 'verified' },
  A5: { what: 'Amazon Bedrock User Guide, "Global cross-Region inference", policy samples', basis: 'verified' },
  A6: { what: 'Amazon Bedrock User Guide, "Data retention"', basis: 'verified' },
  A7: { what: 'aws-samples/service-control-policy-examples, April 2026', basis: 'verified' },
  A8: { what: 'aws-samples/data-perimeter-policy-examples, March 2026', basis: 'verified' },
  A9: { what: 'AWS Organizations User Guide, "AI services opt-out policies"', basis: 'verified' },
  A10: { what: 'AWS KMS Developer Guide, multi-Region keys', basis: 'verified' },
  A11: { what: 'AWS, "SOC 2 guidance" for customers', basis: 'verified' },
  A13: { what: 'type declarations of @aws-cdk/aws-bedrock-alpha 2.271', basis: 'verified' },
  A14: { what: 'third-party list of HIPAA eligibility of Amazon Bedrock, June 2026', basis: 'secondary' },
  P1: { what: 'PCI SSC FAQ 1210', basis: 'verified' },
  C1: { what: 'lists of states that ask for the consent of all parties', basis: 'secondary' },
  T1: { what: 'Federal Register of 2024-09-10 and summaries of AI voice law, July 2026', basis: 'secondary' },
  E1: {
    what: 'Amazon EC2 User Guide, "Encryption in transit", as a public document of 2026 quotes it',
    basis: 'secondary',
  },
  L: { what: 'run with aws-cdk-lib 2.276 and cdk-nag 3.0.2', basis: 'verified' },
  nag: { what: 'RULES.md of cdk-nag 3.0.2', basis: 'verified' },
  GK: { what: 'general knowledge of the field', basis: 'general-knowledge' },
};
